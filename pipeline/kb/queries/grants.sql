-- titolo: Quali bandi e contributi pubblici hanno premiato imprese di una provincia?
-- title: Which public grants went to firms of a province?
-- province = CN: two letters
SELECT d.public_id AS deal, d.day, d.status,
  (SELECT group_concat(p.name, '; ') FROM deal_party p WHERE p.deal_id=d.id AND p.role='grantor') AS grantors,
  (SELECT group_concat(p.name, '; ') FROM deal_party p WHERE p.deal_id=d.id AND p.role='beneficiary') AS beneficiaries,
  d.subject, d.amount_eur/100.0 AS amount_eur
FROM deal d
WHERE d.live=1 AND d.type='grant' AND d.id IN (SELECT p.deal_id FROM entity e CROSS JOIN deal_party p ON p.entity_id=e.id
  WHERE e.province=:province AND p.family='grant' AND p.role='beneficiary')
ORDER BY d.day DESC
LIMIT 200
