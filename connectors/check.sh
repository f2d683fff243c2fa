#!/usr/bin/env bash
# Shows on real servers (PostgreSQL, Redis, Kafka, a Connect worker: connectors/run-local.sh) what connectors/README.md promises.
# Exit code 0 when all of it holds, and when the servers are not to be had here: then it says so.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${1:-}" != --inside ]; then
  status=0
  connectors/run-local.sh --quiet connectors/check.sh --inside || status=$?
  if [ "$status" = 77 ]; then echo "connectors: skipped, see above"; exit 0; fi
  exit "$status"
fi

kafka=(--bootstrap "$MILLRACE_CONNECT_KAFKA" --registry "$MILLRACE_CONNECT_REGISTRY")
millrace() { MILLRACE_BUILD=never ./millrace "$@" "${kafka[@]}"; }
sql() { psql -q -tA -v ON_ERROR_STOP=1 "$@"; }
redis() { redis-cli -u "$MILLRACE_CONNECT_REDIS" "$@"; }
connect() { curl -sf -X "$1" -H 'Content-Type: application/json' "$MILLRACE_CONNECT_REST/connectors/$2"; }
shown() { echo "connectors: shown: $*"; }
fail() { echo "connectors: FAILED: $*" >&2; exit 1; }

# becomes WHAT EXPECTED COMMAND...: its output is EXPECTED within half a minute.
becomes() {
  local what="$1" expected="$2" found="" end=$((SECONDS + 30))
  shift 2
  while :; do
    found="$("$@" 2>/dev/null || true)"
    [ "$found" != "$expected" ] || return 0
    [ "$SECONDS" -lt "$end" ] || fail "$what is '$found', not '$expected'"
    sleep 0.2
  done
}

# put ID JSON
put() {
  sql -v id="$1" -v campaign="$2" <<'SQL'
INSERT INTO millrace.campaigns (id, campaign) VALUES (:'id', :'campaign')
ON CONFLICT (id) DO UPDATE SET campaign = excluded.campaign;
SQL
}

film() {
  cat <<JSON
{"advertiser": "film.example", "priority": 900, "currency": "EUR", "cpm": $1, "budget": 0.250000001,
 "caps": [{"scope": "campaign", "limit": 4, "per": "1h"}, {"scope": "user", "limit": 9, "per": "1d"}],
 "targeting": {"placements": ["midroll"]},
 "creatives": [{"id": "$2", "duration": "20s",
   "media": [{"url": "https://cdn.example.com/$2.mp4", "mime": "video/mp4", "width": 1280, "height": 720}]}]}
JSON
}

ask() { millrace request --user "$1" --placement midroll --count "$2" --json; }
field() { grep -o "\"$1\": *\"\?[^\",}]*" | sed 's/^"[^"]*": *"\{0,1\}//'; }
won_at() { ask "$1" 1 | field campaign | head -n 1; }

# ---------------------------------------------------------------- a row is a campaign, and a changed row a changed one
put film "$(film 7.000001 film-20s)"
becomes "the campaign's price" 7000001 redis HGET millrace:campaign:film price_cpm_micros
becomes "the campaign that wins" film won_at first
put film "$(film 3.000007 film-20s)"
becomes "the campaign's price" 3000007 redis HGET millrace:campaign:film price_cpm_micros
# Where much else runs, the first to ask may find its partition's lease still empty; the cap of four holds in any case.
answers=""
films() { field campaign <<<"$answers" | grep -c '^film$' || true; }
for _ in 1 2 3 4 5; do
  answers+="$(ask viewer 6)"$'\n'
  [ "$(films)" -lt 4 ] || break
done
[ "$(films)" = 4 ] || fail "the viewer should have four of the film's ads: $answers"
[ "$(field priceCpmMicros <<<"$answers" | grep -c '^3000007$')" = 4 ] || fail "the changed price should be decided with: $answers"
shown "a row that is inserted or changed in PostgreSQL is effective in decisions"

# ---------------------------------------------------------------- a bad row is told and harms nobody
put broken '{"advertiser": "b.example", "currency": "EURO", "cpm": -1}'
put film '{"advertiser": "film.example", "cpm": "much"}'
put next "$(film 5.5 next-20s)"
becomes "the next row's price" 5500000 redis HGET millrace:campaign:next price_cpm_micros
becomes "dead letters of rows" 2 sql -c "SELECT count(*) FROM millrace.dead_letters WHERE topic = 'pg.millrace.campaigns'"
sql -c "SELECT 1 FROM millrace.dead_letters WHERE message LIKE '%campaign broken, cpm%-1%' AND message LIKE '%currency%EURO%'" | grep -q 1 ||
  fail "the dead letter should say what is wrong"
[ "$(redis EXISTS millrace:campaign:broken)" = 0 ] || fail "a bad row should be no campaign"
[ "$(redis HGET millrace:campaign:film price_cpm_micros)" = 3000007 ] || fail "the film should be as it was before its bad row"
sql -c "DELETE FROM millrace.campaigns WHERE id IN ('next', 'broken')"
becomes "the campaign of the deleted row" 0 redis EXISTS millrace:campaign:next
shown "a bad row is a dead letter that says what is wrong; what was there stays, and the next row works"

# ---------------------------------------------------------------- spend, to the last nano
tokens=()
while read -r token; do tokens+=("$token"); done < <(grep -o '"token": *"[^"]*", *"campaign": *"film"' <<<"$answers" | field token)
events=()
for token in "${tokens[@]:0:3}"; do
  millrace event --impression "$token" >/dev/null &
  events+=($!)
done
for event in "${events[@]}"; do wait "$event"; done
becomes "impressions in PostgreSQL" 3 sql -c "SELECT count(*) FROM millrace.impressions"
audit() { millrace audit --json; }
# Both at once, and only when nothing moves.
agree() {
  local found
  found="$(audit)" || return 0
  sql -v audit="$found" <<'SQL'
WITH audited AS (
    SELECT account->>'campaign' AS campaign, sum((account->>'spentNanos')::numeric) AS nanos,
           sum((account->>'ledgerSpentNanos')::numeric) AS ledger
    FROM json_array_elements((:'audit')::json->'accounts') AS account GROUP BY 1
)
SELECT bool_and(audited.nanos = coalesce(spend.spent_nanos, 0) AND audited.ledger = coalesce(spend.ledger_spent_nanos, 0)
                AND audited.nanos = audited.ledger)
       AND sum(audited.nanos) > 0
FROM audited LEFT JOIN millrace.campaign_spend AS spend USING (campaign);
SQL
}
becomes "PostgreSQL's spend, the audit's and the ledger's being one" t agree
spent="$(sql -c "SELECT spent_nanos FROM millrace.campaign_spend WHERE campaign = 'film'")"
billed="$(sql -c "SELECT billed FROM millrace.campaign_spend WHERE campaign = 'film'")"
[ "$spent" = $((billed * 3000007)) ] && [ "$billed" -gt 0 ] || fail "the film spent $spent nanos in $billed impressions"
shown "spend in PostgreSQL is the audit's and the ledger's to the last nano: film $spent nanos in $billed impressions"

# ---------------------------------------------------------------- what budgets and caps leave, in Redis
left="$(sql -c "SELECT remaining_nanos FROM millrace.campaign_budget WHERE campaign = 'film'")"
[ "$left" = $((250000001 - spent)) ] || fail "PostgreSQL has $left nanos of the film's budget left"
becomes "Redis' remaining budget" "$left" redis HGET millrace:budget:film remaining_nanos
# The one user who was asked for more than once; in Redis and PostgreSQL only the pseudonym is known.
who="$(sql -c "SELECT user_key FROM millrace.served_ads WHERE campaign = 'film' GROUP BY user_key ORDER BY count(*) DESC LIMIT 1")"
counted="$(sql -c "SELECT count(*) FROM millrace.served_ads WHERE user_key = '$who' AND NOT house AND NOT test")"
[ -z "$(redis KEYS '*viewer*')" ] && [ "$who" != viewer ] || fail "a user id stands in clear"
caps() {
  redis --eval connectors/redis/remaining-caps.lua "millrace:caps:{$who}:shown" "millrace:caps:{$who}:held" millrace:campaign:film , film
}
becomes "remaining caps in Redis" "$(printf 'CAMPAIGN 3600000 4 0\nUSER 86400000 9 %s' $((9 - counted)))" caps
shown "Redis holds the ledger's remaining budget, $left nanos, and what the caps leave a user"

# ---------------------------------------------------------------- everything once more
contents() {
  local table key
  for table in served_ads impressions budget_ledger dead_letters; do
    sql -c "SELECT '$table', count(*), md5(string_agg(t::text, E'\n' ORDER BY t::text)) FROM millrace.$table AS t"
  done
  for key in $(redis KEYS 'millrace:*' | sort); do
    echo "$key"
    case "$key" in
      *:shown | *:held) redis ZRANGE "$key" 0 -1 WITHSCORES ;;
      *) redis HGETALL "$key" | paste -s -d '\t\n' | sort ;;
    esac
  done
}
offsets() { connect GET "$1/offsets"; }
sinks="millrace-served-ads millrace-impressions millrace-budget-ledger millrace-dead-letters millrace-redis"
state() { connect GET "$1/status" | field state | sort -u | tr '\n' ' '; }
# Nothing moves any more: leases that lay idle have gone back, and both sides know the ledger's last entries.
idle() { sql -c "SELECT count(*) FROM millrace.campaign_budget WHERE leased <> 0"; }
newest() { sql -F ' ' -c "SELECT campaign, max(number) FROM millrace.budget_ledger GROUP BY campaign ORDER BY campaign"; }
newest_in_redis() {
  local campaign
  for campaign in $(sql -c "SELECT DISTINCT campaign FROM millrace.budget_ledger ORDER BY campaign"); do
    echo "$campaign $(redis HGET "millrace:budget:$campaign" number)"
  done
}
becomes "number of leases that hold money" 0 idle
becomes "newest entries in Redis" "$(newest)" newest_in_redis
ledger="$(sql -c "SELECT count(*) FROM millrace.budget_ledger")"
before="$(contents)"
rows_gone() {
  # So that a replay which does not happen is seen.
  sql -c "DELETE FROM millrace.impressions; DELETE FROM millrace.budget_ledger; DELETE FROM millrace.served_ads WHERE campaign = 'film'"
  redis DEL millrace:budget:film >/dev/null
}
for sink in $sinks; do connect PUT "$sink/stop" >/dev/null; done
for sink in $sinks; do becomes "$sink's state" "STOPPED " state "$sink"; done
for sink in $sinks; do connect DELETE "$sink/offsets" >/dev/null; done
rows_gone
for sink in $sinks; do connect PUT "$sink/resume" >/dev/null; done
becomes "entries of the ledger after the replay" "$ledger" sql -c "SELECT count(*) FROM millrace.budget_ledger"
becomes "what is in PostgreSQL and Redis after the replay" "$before" contents
# And over what is there.
for sink in $sinks; do connect PUT "$sink/stop" >/dev/null; done
for sink in $sinks; do becomes "$sink's state" "STOPPED " state "$sink"; done
for sink in $sinks; do connect DELETE "$sink/offsets" >/dev/null; done
for sink in $sinks; do connect PUT "$sink/resume" >/dev/null; done
read_again() { for sink in $sinks; do offsets "$sink" | grep -c kafka_offset; done | sort -u; }
becomes "offsets of all sinks after the replay" 1 read_again
becomes "what is in PostgreSQL and Redis after the second replay" "$before" contents
shown "reading every topic again restores what is missing and changes nothing that is there"

# ---------------------------------------------------------------- a deleted row ends its campaign
sql -c "DELETE FROM millrace.campaigns WHERE id = 'film'"
becomes "the campaign of the deleted row" 0 redis EXISTS millrace:campaign:film
[ "$(won_at last)" != film ] || [ "$(won_at once-more)" != film ] || fail "a deleted campaign still wins"
shown "a deleted row ends its campaign"
