-- Tables of Millrace in PostgreSQL: the home of campaigns, and what came of them. Run it as the owner of the database; running it again
-- changes nothing. Amounts are whole nanos of a currency unit, as on the topics; the views show them in units, exactly.

CREATE SCHEMA IF NOT EXISTS millrace;

-- ---------------------------------------------------------------------------------------------------------------------------
-- Campaigns: written by you, read by the connector millrace-campaigns out of the database's log.

CREATE TABLE IF NOT EXISTS millrace.campaigns (
    id       text  PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9._-]{1,128}$'),
    campaign jsonb NOT NULL CHECK (jsonb_typeof(campaign) = 'object')
);

COMMENT ON TABLE millrace.campaigns IS
    'Home of campaigns. Each committed change of a row is effective in decisions within about a second; a deleted row ends the campaign. '
    'A row that is no valid campaign changes nothing and is told on the topic dead-letters. TRUNCATE is not followed: use DELETE.';
COMMENT ON COLUMN millrace.campaigns.id IS 'Campaign id.';
COMMENT ON COLUMN millrace.campaigns.campaign IS
    'The campaign, with the names and units of a campaign file of "millrace apply", as JSON and without its id: '
    '{"advertiser": "tea.example", "currency": "EUR", "cpm": 6.50, "budget": 1000.00, "pool": {"upstreams": ["alpha"]}}. '
    'Amounts are decimals of the currency unit, kept to the last digit.';

-- A deleted row tells its whole content, and a large column is there even if only another one changed.
ALTER TABLE millrace.campaigns REPLICA IDENTITY FULL;

-- What the connector reads; it creates its replication slot, millrace_campaigns, itself. Needs wal_level = logical.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'millrace_campaigns') THEN
        CREATE PUBLICATION millrace_campaigns FOR TABLE millrace.campaigns WITH (publish = 'insert, update, delete');
    END IF;
END $$;

-- ---------------------------------------------------------------------------------------------------------------------------
-- Results: written by the connectors millrace-served-ads, millrace-impressions and millrace-budget-ledger, by upserts. The columns
-- are the fields of the records (schemas/src/main/avro); a record that comes again finds its own row.

CREATE TABLE IF NOT EXISTS millrace.served_ads (
    id               text PRIMARY KEY,      -- reservation id
    request_id       text NOT NULL,
    slot_id          text NOT NULL,
    placement        text NOT NULL,
    user_key         text NOT NULL,         -- a pseudonym; the same user has the same one in all tables and in Redis; '' is nobody
    session_id       text,
    campaign         text,
    creative         text NOT NULL,
    advertiser       text,
    upstream         text,
    house            boolean NOT NULL,
    price_cpm_micros bigint NOT NULL,       -- micros of the currency unit per thousand
    cost_nanos       bigint NOT NULL,       -- what its impression costs
    currency         text NOT NULL,
    budget_day       integer NOT NULL,      -- days since 1970 in the campaign's zone; 0 without a daily budget
    served_at        bigint NOT NULL,       -- milliseconds since 1970 UTC
    expires_at       bigint NOT NULL,       -- end of the reservation
    country          text,
    test             boolean NOT NULL
);
CREATE INDEX IF NOT EXISTS served_ads_by_campaign ON millrace.served_ads (campaign, served_at);

CREATE TABLE IF NOT EXISTS millrace.impressions (
    id          text PRIMARY KEY,           -- reservation id: joins served_ads
    request_id  text NOT NULL,
    placement   text NOT NULL,
    user_key    text NOT NULL,              -- as above
    campaign    text,
    creative    text NOT NULL,
    advertiser  text,
    upstream    text,
    verdict     text NOT NULL,              -- BILLED, LATE or FREE
    cost_nanos  bigint NOT NULL,            -- what was spent; 0 unless BILLED
    currency    text NOT NULL,
    budget_day  integer NOT NULL,
    served_at   bigint NOT NULL,
    shown_at    bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS impressions_by_campaign ON millrace.impressions (campaign, shown_at);

CREATE TABLE IF NOT EXISTS millrace.budget_ledger (
    campaign             text NOT NULL,
    number               bigint NOT NULL,   -- 1, 2, 3, ...: a gap is an entry that has not come yet
    cause                text NOT NULL,
    partition            integer,
    budget_day           integer NOT NULL,
    currency             text NOT NULL,
    granted_nanos        bigint NOT NULL,   -- what this entry moved
    returned_nanos       bigint NOT NULL,
    reserved_nanos       bigint NOT NULL,
    spent_nanos          bigint NOT NULL,
    expired_nanos        bigint NOT NULL,
    total_limit_nanos    bigint,            -- what it left, in all: spent + reserved + leased <= limit
    total_spent_nanos    bigint NOT NULL,
    total_reserved_nanos bigint NOT NULL,
    total_leased_nanos   bigint NOT NULL,
    day_limit_nanos      bigint,            -- and of its budget day
    day_spent_nanos      bigint,
    day_reserved_nanos   bigint,
    day_leased_nanos     bigint,
    at                   bigint NOT NULL,   -- milliseconds since 1970 UTC
    PRIMARY KEY (campaign, number)
);

-- What was refused anywhere, with its reason. Of a campaign's row the topic is pg.millrace.campaigns, and its place that in the database's
-- log. Without keys, values and headers, which may name users.
CREATE TABLE IF NOT EXISTS millrace.dead_letters (
    origin      text PRIMARY KEY,           -- topic-partition-offset
    reason      text NOT NULL,
    message     text NOT NULL,              -- everything that is wrong
    stage       text NOT NULL,              -- who refused it; connect: a row
    topic       text NOT NULL,
    partition   integer NOT NULL,
    "timestamp" bigint NOT NULL,            -- of the origin, milliseconds since 1970 UTC
    truncated   boolean NOT NULL
);

-- ---------------------------------------------------------------------------------------------------------------------------
-- Views for people. A numeric is exact: nanos / 10^9 has nine decimals.

-- What each campaign spent, told twice: by its impressions, and by the ledger. The two are equal when nothing moves, and equal to
-- what "millrace audit" finds.
CREATE OR REPLACE VIEW millrace.campaign_spend AS
WITH shown AS (
    SELECT campaign, currency, count(*) AS billed, sum(cost_nanos)::numeric(38) AS nanos
    FROM millrace.impressions WHERE verdict = 'BILLED' GROUP BY campaign, currency
), booked AS (
    SELECT campaign, currency, sum(spent_nanos)::numeric(38) AS nanos
    FROM millrace.budget_ledger GROUP BY campaign, currency
)
SELECT campaign,
       currency,
       coalesce(shown.billed, 0)                                            AS billed,
       coalesce(shown.nanos, 0)                                             AS spent_nanos,
       coalesce(booked.nanos, 0)                                            AS ledger_spent_nanos,
       (coalesce(shown.nanos, 0) * 0.000000001)::numeric(38, 9)             AS spent
FROM shown FULL JOIN booked USING (campaign, currency);

-- Where the money of each budget is, by the ledger's last entry.
CREATE OR REPLACE VIEW millrace.campaign_budget AS
SELECT DISTINCT ON (campaign)
       campaign,
       currency,
       (total_limit_nanos * 0.000000001)::numeric(38, 9)                         AS budget,
       (total_spent_nanos * 0.000000001)::numeric(38, 9)                         AS spent,
       (total_reserved_nanos * 0.000000001)::numeric(38, 9)                      AS reserved,
       (total_leased_nanos * 0.000000001)::numeric(38, 9)                        AS leased,
       ((total_limit_nanos - total_spent_nanos) * 0.000000001)::numeric(38, 9)   AS remaining,
       total_limit_nanos - total_spent_nanos                                     AS remaining_nanos,
       to_timestamp(at / 1000.0)                                                 AS at
FROM millrace.budget_ledger
ORDER BY campaign, number DESC;
