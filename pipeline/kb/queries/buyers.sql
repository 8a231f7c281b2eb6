-- titolo: Chi ha comprato aziende di una regione negli ultimi 12 mesi, e a quanto?
-- title: Who bought companies of a region in the last 12 months, and for how much?
-- region = Piemonte: the region of what was bought
-- today = today: the day to count back from
SELECT d.public_id AS deal, d.day, d.type, d.status,
  (SELECT group_concat(p.name, '; ') FROM deal_party p WHERE p.deal_id=d.id AND p.role='buyer') AS buyers,
  (SELECT group_concat(p.name, '; ') FROM deal_party p WHERE p.deal_id=d.id AND p.role='target') AS targets,
  d.stake, d.amount_eur/100.0 AS amount_eur
FROM deal d
WHERE d.live=1 AND d.type IN('acquisition','stake_purchase','merger','takeover_bid') AND d.day>=date(:today,'-12 months') AND d.day<=:today
  AND EXISTS(SELECT 1 FROM deal_party p JOIN entity e ON e.id=p.entity_id WHERE p.deal_id=d.id AND p.role='target' AND e.region=:region)
ORDER BY d.amount_eur DESC, d.day DESC
LIMIT 200
