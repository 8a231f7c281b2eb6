-- name: ledger
SELECT id, record_hash, review, live, merged_into FROM deal ORDER BY id

-- name: models
SELECT e.pipeline, e.tagger, e.version, count(*) AS articles FROM extraction x JOIN extractor e ON e.id=x.extractor_id
WHERE x.counts=1 GROUP BY e.id ORDER BY e.id

-- name: entities
SELECT e.id, e.public_id, e.kind, e.name, e.org_kind, e.legal_form, e.place, e.province, e.region, e.last_seen FROM entity e
WHERE e.id IN (SELECT value FROM json_each(:ids)) ORDER BY e.id

-- name: aliases
SELECT coalesce(e.merged_into, e.id) AS id, a.alias FROM entity e JOIN entity_alias a ON a.entity_id=e.id AND a.seen>0
WHERE e.id IN (SELECT value FROM json_each(:ids)) OR e.merged_into IN (SELECT value FROM json_each(:ids)) ORDER BY 1, 2

-- name: offices
SELECT o.person_id, o.organisation_id, o.title, p.public_id AS person, g.public_id AS organisation FROM office o
JOIN entity p ON p.id=o.person_id JOIN entity g ON g.id=o.organisation_id
WHERE o.organisation_id IN (SELECT value FROM json_each(:ids)) ORDER BY o.person_id, o.organisation_id, o.title

-- name: parties
SELECT p.deal_id, p.role, p.entity_id, p.name, e.public_id, e.kind, e.org_kind FROM deal_party p LEFT JOIN entity e ON e.id=p.entity_id
WHERE p.deal_id IN (SELECT value FROM json_each(:ids)) ORDER BY p.deal_id, p.position
