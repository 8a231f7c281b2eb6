-- name: appearances
SELECT id, kind, name, org_kind, legal_form, aliases, office, organisation_id, place, province, region, day, article_id
FROM appearance WHERE extraction_id=:extraction_id AND kind=:kind ORDER BY id

-- name: candidates
SELECT entity_id AS id FROM entity_block WHERE block=:block LIMIT 60

-- name: names_in_block
SELECT a.entity_id AS id, a.norm
FROM (SELECT entity_id FROM entity_block WHERE block=:block LIMIT 400) b JOIN entity_alias a ON a.entity_id=b.entity_id

-- name: entities
SELECT id, coalesce(merged_into, id) AS root, kind, name, org_kind, legal_form, province, region FROM entity WHERE id IN (SELECT value FROM json_each(:ids))

-- name: names
SELECT e.id, a.alias FROM entity e JOIN entity_alias a ON a.entity_id=e.id AND (a.seen>0 OR a.alias=e.name)
WHERE e.id IN (SELECT value FROM json_each(:ids)) ORDER BY 1, 2

-- name: offices_of
SELECT e.id AS person_id, o.organisation_id FROM entity e JOIN office o ON o.person_id=coalesce(e.merged_into, e.id)
WHERE e.id IN (SELECT value FROM json_each(:ids))

-- name: different
SELECT a, b FROM live_decision WHERE kind IN('different','split')
AND (a IN (SELECT value FROM json_each(:ids)) OR b IN (SELECT value FROM json_each(:ids)))

-- name: splits_of_article
SELECT a, b FROM live_decision WHERE kind='split' AND article_id=:article_id

-- name: insert_entity
INSERT INTO entity(kind, name, norm, legal_form, org_kind, place, province, region, made_at)
VALUES(:kind, :name, :norm, :legal_form, :org_kind, :place, :province, :region, :now)

-- name: set_entity
UPDATE appearance SET entity_id=:entity_id WHERE id=:id

-- name: root
SELECT coalesce(merged_into, id) AS id FROM entity WHERE id=:id

-- name: count_entity
UPDATE entity SET articles=articles+1,
  first_seen=CASE WHEN :day IS NULL THEN first_seen WHEN first_seen IS NULL OR first_seen>:day THEN :day ELSE first_seen END,
  last_seen=CASE WHEN :day IS NULL THEN last_seen WHEN last_seen IS NULL OR last_seen<:day THEN :day ELSE last_seen END,
  org_kind=coalesce(org_kind, :org_kind), legal_form=coalesce(legal_form, :legal_form),
  place=CASE WHEN region IS NULL THEN :place ELSE place END, province=CASE WHEN region IS NULL THEN :province ELSE province END,
  region=coalesce(region, :region)
WHERE id=:id

-- name: named_otherwise
SELECT DISTINCT r.id, r.name FROM appearance p JOIN entity e ON e.id=p.entity_id JOIN entity r ON r.id=coalesce(e.merged_into, e.id)
WHERE p.extraction_id=:extraction_id AND p.kind=:kind AND p.name<>r.name

-- name: names_seen
SELECT a.alias, sum(a.seen) AS seen FROM entity m JOIN entity_alias a ON a.entity_id=m.id
WHERE (m.id=:id OR m.merged_into=:id) AND a.seen>0 GROUP BY a.alias

-- name: rename_entity
UPDATE entity SET name=:name, norm=:norm WHERE id=:id

-- name: deals_of_entities
SELECT DISTINCT deal_id AS id FROM deal_party WHERE entity_id IN (SELECT value FROM json_each(:ids))

-- name: recount_entity
UPDATE entity SET
  articles=(SELECT count(*) FROM appearance p WHERE p.entity_id IN (SELECT m.id FROM entity m WHERE m.id=:id OR m.merged_into=:id)),
  first_seen=(SELECT min(first) FROM (SELECT (SELECT min(p.day) FROM appearance p WHERE p.entity_id=m.id) AS first FROM entity m WHERE m.id=:id OR m.merged_into=:id)),
  last_seen=(SELECT max(last) FROM (SELECT (SELECT max(p.day) FROM appearance p WHERE p.entity_id=m.id) AS last FROM entity m WHERE m.id=:id OR m.merged_into=:id))
WHERE id=:id

-- name: uncount_entity
UPDATE entity SET articles=articles-1,
  first_seen=(SELECT min(first) FROM (SELECT (SELECT min(p.day) FROM appearance p WHERE p.entity_id=m.id) AS first FROM entity m WHERE m.id=:id OR m.merged_into=:id)),
  last_seen=(SELECT max(last) FROM (SELECT (SELECT max(p.day) FROM appearance p WHERE p.entity_id=m.id) AS last FROM entity m WHERE m.id=:id OR m.merged_into=:id))
WHERE id=:id

-- name: see_alias
INSERT INTO entity_alias(entity_id, alias, norm) VALUES(:entity_id, :alias, :norm)
ON CONFLICT(entity_id, alias) DO UPDATE SET seen=seen+1

-- name: unsee_alias
UPDATE entity_alias SET seen=seen-1 WHERE entity_id=:entity_id AND alias=:alias AND seen>0

-- name: insert_block
INSERT INTO entity_block(block, entity_id) VALUES(:block, :entity_id) ON CONFLICT DO NOTHING

-- name: all_names
SELECT e.kind, a.entity_id, a.alias FROM entity_alias a JOIN entity e ON e.id=a.entity_id

-- name: propose
INSERT INTO entity_candidate(entity_id, other_id, score, why, found_at) VALUES(min(:a, :b), max(:a, :b), :score, :why, :now)
ON CONFLICT(entity_id, other_id) DO UPDATE SET score=excluded.score, why=excluded.why

-- name: see_office
INSERT INTO office(person_id, organisation_id, title, first_seen, last_seen, articles)
VALUES(:person_id, :organisation_id, :title, :day, :day, 1)
ON CONFLICT(person_id, organisation_id, title) DO UPDATE SET articles=articles+1,
  first_seen=CASE WHEN excluded.first_seen IS NULL THEN first_seen WHEN first_seen IS NULL OR first_seen>excluded.first_seen THEN excluded.first_seen ELSE first_seen END,
  last_seen=CASE WHEN excluded.last_seen IS NULL THEN last_seen WHEN last_seen IS NULL OR last_seen<excluded.last_seen THEN excluded.last_seen ELSE last_seen END

-- name: forget_offices
DELETE FROM office WHERE person_id IN (SELECT value FROM json_each(:ids))

-- name: rewrite_offices
INSERT INTO office(person_id, organisation_id, title, first_seen, last_seen, articles)
SELECT coalesce(pe.merged_into, pe.id), coalesce(oe.merged_into, oe.id), lower(p.office), min(p.day), max(p.day), count(*)
FROM entity pe JOIN appearance p ON p.entity_id=pe.id JOIN appearance o ON o.id=p.organisation_id JOIN entity oe ON oe.id=o.entity_id
WHERE (pe.id IN (SELECT value FROM json_each(:ids)) OR pe.merged_into IN (SELECT value FROM json_each(:ids))) AND p.office IS NOT NULL
GROUP BY 1, 2, 3

-- name: linked_appearances
SELECT id, entity_id, name, aliases, kind, office FROM appearance WHERE extraction_id=:extraction_id AND entity_id IS NOT NULL

-- name: unlink_appearances
UPDATE appearance SET entity_id=NULL WHERE extraction_id=:extraction_id

-- name: deals_of_extraction
SELECT DISTINCT coalesce(d.merged_into, d.id) AS id FROM deal_mention m JOIN deal d ON d.id=m.deal_id WHERE m.extraction_id=:extraction_id

-- name: deals_of_mentions
SELECT id, deal_id FROM deal_mention WHERE extraction_id=:extraction_id AND deal_id IS NOT NULL

-- name: reading_of_former_text
SELECT f.id FROM extraction f JOIN extraction n ON n.id=:extraction_id WHERE f.article_id=:article_id AND f.counts=1 AND f.version<n.version

-- name: unlink_deals
UPDATE deal_mention SET deal_id=NULL WHERE extraction_id=:extraction_id

-- name: anchors
SELECT deal_id, type, quotes, parties FROM deal_anchor WHERE article_id=:article_id ORDER BY deal_id

-- name: anchor
SELECT quotes, parties FROM deal_anchor WHERE article_id=:article_id AND deal_id=:deal_id

-- name: save_anchor
INSERT INTO deal_anchor(article_id, deal_id, type, quotes, parties) VALUES(:article_id, :deal_id, :type, :quotes, :parties)
ON CONFLICT(article_id, deal_id) DO UPDATE SET type=excluded.type, quotes=excluded.quotes, parties=excluded.parties

-- name: propose_deal
INSERT INTO deal_candidate(deal_id, other_id, found_at) VALUES(min(:a, :b), max(:a, :b), :now) ON CONFLICT DO NOTHING

-- name: nearby_deals
SELECT deal_id AS id FROM (SELECT deal_id FROM deal_party WHERE entity_id=:entity_id AND family=:family AND day<=:day ORDER BY day DESC LIMIT 20)
UNION SELECT deal_id FROM (SELECT deal_id FROM deal_party WHERE entity_id=:entity_id AND family=:family AND day>:day ORDER BY day LIMIT 10)
UNION SELECT deal_id FROM (SELECT deal_id FROM deal_party WHERE entity_id=:entity_id AND family=:family AND day IS NULL LIMIT 10)

-- name: common_deals
SELECT deal_id AS id FROM deal_party WHERE family=:family AND entity_id IN (SELECT value FROM json_each(:ids))
GROUP BY deal_id HAVING count(DISTINCT entity_id)>1 ORDER BY abs(julianday(day)-julianday(:day)) LIMIT 60

-- name: deals_of_articles
SELECT DISTINCT coalesce(d.merged_into, d.id) AS id FROM deal_anchor a JOIN deal d ON d.id=a.deal_id
WHERE a.article_id IN (SELECT value FROM json_each(:ids))

-- name: insert_deal
INSERT INTO deal(type, family, status, first_seen, last_changed) VALUES(:type, :family, :status, :now, :now)

-- name: set_deal
UPDATE deal_mention SET deal_id=:deal_id WHERE id=:id

-- name: deal_root
SELECT coalesce(merged_into, id) AS id FROM deal WHERE id=:id

-- name: entity_of_appearance
SELECT coalesce(e.merged_into, e.id) AS id FROM appearance a JOIN entity e ON e.id=a.entity_id WHERE a.id=:id

-- name: linked_organisations
SELECT DISTINCT coalesce(e.merged_into, e.id) AS id FROM appearance a JOIN entity e ON e.id=a.entity_id
WHERE a.extraction_id=:extraction_id AND a.kind='organisation'

-- name: officers
SELECT DISTINCT o.person_id AS id FROM office o JOIN entity_alias a ON a.entity_id=o.person_id
WHERE o.organisation_id IN (SELECT value FROM json_each(:bodies))
  AND EXISTS(SELECT 1 FROM json_each(:words) w WHERE instr(' ' || a.norm || ' ', ' ' || w.value || ' ')>0)
LIMIT 200

-- name: officers_with_slip
SELECT b.entity_id AS id FROM office o CROSS JOIN entity_block b
WHERE o.organisation_id IN (SELECT value FROM json_each(:bodies))
  AND b.block IN (SELECT value FROM json_each(:blocks)) AND b.entity_id=o.person_id
UNION
SELECT b.entity_id FROM office o CROSS JOIN entity m ON m.merged_into=o.person_id CROSS JOIN entity_block b
WHERE o.organisation_id IN (SELECT value FROM json_each(:bodies))
  AND b.block IN (SELECT value FROM json_each(:blocks)) AND b.entity_id=m.id
LIMIT 200

-- name: joined_names
SELECT merged_into AS id, name FROM entity WHERE merged_into IN (SELECT value FROM json_each(:ids)) ORDER BY id

-- name: officers_named
SELECT organisation_id, name FROM appearance
WHERE extraction_id=:extraction_id AND kind='person' AND organisation_id IS NOT NULL ORDER BY id

-- name: officers_of
SELECT DISTINCT e.name FROM office o JOIN entity e ON e.id=o.person_id
WHERE o.organisation_id=:id ORDER BY o.last_seen DESC LIMIT 200

-- name: beside
SELECT DISTINCT coalesce(e.merged_into, e.id) AS id
FROM (SELECT p.extraction_id FROM appearance p WHERE p.entity_id=:id LIMIT 42) x
JOIN appearance o ON o.extraction_id=x.extraction_id AND o.kind='organisation' JOIN entity e ON e.id=o.entity_id
WHERE o.entity_id<>:id LIMIT 42
