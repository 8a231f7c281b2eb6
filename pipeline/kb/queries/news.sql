-- titolo: Che cosa è nuovo o cambiato da ieri per la mia ricerca?
-- title: What is new or changed since yesterday for my search?
-- since = yesterday: day or time (UTC)
-- type = acquisition: a deal type
-- region = : region of a party; empty for all
SELECT d.public_id AS deal, CASE WHEN d.first_seen>=:since THEN 'new' ELSE 'changed' END AS why, d.title, d.status, d.day, d.amount_eur/100.0 AS amount_eur
FROM deal d
WHERE d.live=1 AND d.last_changed>=:since AND d.type=:type
  AND (:region='' OR EXISTS(SELECT 1 FROM deal_party p JOIN entity e ON e.id=p.entity_id WHERE p.deal_id=d.id AND e.region=:region))
ORDER BY d.last_changed DESC
LIMIT 200
