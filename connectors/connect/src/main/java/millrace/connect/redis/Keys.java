package millrace.connect.redis;

/** Names of the keys, as connectors/README.md documents them. */
record Keys(String prefix) {
    String budget(String campaign) {
        return prefix + "budget:" + campaign;
    }

    /** @param budgetDay in days since 1970 in the campaign's zone */
    String budget(String campaign, int budgetDay) {
        return budget(campaign) + ":" + budgetDay;
    }

    String campaign(String id) {
        return prefix + "campaign:" + id;
    }

    /** Ads that were shown to a user. The braces keep both keys of a user on one node of a cluster. */
    String shown(String pseudonym) {
        return prefix + "caps:{" + pseudonym + "}:shown";
    }

    /** Ads that wait for their impression. */
    String held(String pseudonym) {
        return prefix + "caps:{" + pseudonym + "}:held";
    }
}
