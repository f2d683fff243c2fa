-- How many more ads of a campaign each of its caps allows a user, by the read model. Reads only.
--
--   redis-cli --eval connectors/redis/remaining-caps.lua 'millrace:caps:{PSEUDONYM}:shown' 'millrace:caps:{PSEUDONYM}:held' \
--     millrace:campaign:ID , ID [CREATIVE [UPSTREAM [PLACEMENT]]]
--
-- One line a rule: scope, window in milliseconds or by name, limit, remaining. "unknown" is said of rules over sessions, pods and
-- months, of calendars that are not UTC's, and of a creative, upstream or placement that was not given.
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local wanted = {
  CAMPAIGN = ARGV[1],
  CREATIVE = ARGV[2],
  ADVERTISER = redis.call('HGET', KEYS[3], 'advertiser') or nil,
  UPSTREAM = ARGV[3],
  PLACEMENT = ARGV[4],
}
local place = { CAMPAIGN = 3, CREATIVE = 4, ADVERTISER = 5, PLACEMENT = 6, UPSTREAM = 7 }

-- From when on ads count, or nil.
local function begin(rule)
  if rule.window == 'ROLLING' then return now - rule.windowMillis end
  if rule.window == 'LIFETIME' then return 0 end
  if rule.zone ~= 'UTC' then return nil end
  local hour, day = 3600000, 86400000
  if rule.window == 'HOUR' then return now - now % hour - 1 end
  if rule.window == 'DAY' then return now - now % day - 1 end
  -- The first of January 1970 was a Thursday.
  if rule.window == 'WEEK' then return now - (now + 3 * day) % (7 * day) - 1 end
  return nil
end

local counted, seen = {}, {}
for _, ad in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do seen[ad] = true; counted[#counted + 1] = cjson.decode(ad) end
for _, ad in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. now, '+inf')) do
  if not seen[ad] then counted[#counted + 1] = cjson.decode(ad) end
end

local lines = {}
for _, rule in ipairs(cjson.decode(redis.call('HGET', KEYS[3], 'caps') or '[]')) do
  local from = begin(rule)
  local id = wanted[rule.scope]
  local remaining = 'unknown'
  if from and (id or rule.scope == 'USER') then
    local used = 0
    for _, ad in ipairs(counted) do
      -- served at is the second of an ad: id, served at, campaign, creative, advertiser, placement, upstream
      if tonumber(ad[2]) > from and (rule.scope == 'USER' or ad[place[rule.scope]] == id) then used = used + 1 end
    end
    remaining = math.max(0, rule.limit - used)
  end
  local window = rule.window == 'ROLLING' and string.format('%d', rule.windowMillis) or rule.window
  lines[#lines + 1] = rule.scope .. ' ' .. window .. ' ' .. rule.limit .. ' ' .. remaining
end
return lines
