-- name: insert
INSERT INTO decision(kind, a, b, field, value, article_id, why, who, made_at)
VALUES(:kind, :a, :b, :field, :value, :article_id, :why, :who, :now)

-- name: revoke
INSERT INTO revocation(decision_id, why, who, made_at) VALUES(:id, :why, :who, :now)

-- name: decision
SELECT d.*, r.made_at AS revoked_at, r.who AS revoked_by FROM decision d LEFT JOIN revocation r ON r.decision_id=d.id WHERE d.id=:id

-- name: live
SELECT id, kind, a, b, field, value FROM live_decision ORDER BY id

-- name: revoked_splits
SELECT d.id, d.a, d.b FROM decision d JOIN revocation r ON r.decision_id=d.id WHERE d.kind='split' ORDER BY d.id

-- name: all
SELECT d.id, d.kind, d.a, d.b, d.field, d.value, a.canonical_url AS article, d.why, d.who, d.made_at, r.made_at AS revoked_at, r.who AS revoked_by,
  r.why AS revoked_why
FROM decision d LEFT JOIN revocation r ON r.decision_id=d.id LEFT JOIN article a ON a.id=d.article_id ORDER BY d.id

-- name: merged_deals
SELECT id, merged_into FROM deal WHERE merged_into IS NOT NULL

-- name: merged_entities
SELECT id, merged_into FROM entity WHERE merged_into IS NOT NULL

-- name: point_deal
UPDATE deal SET merged_into=:head WHERE id=:id

-- name: point_entity
UPDATE entity SET merged_into=:head WHERE id=:id

-- name: deals_of_entities
SELECT DISTINCT deal_id AS id FROM deal_party WHERE entity_id IN (SELECT value FROM json_each(:ids))

-- name: people_of_entities
SELECT DISTINCT person_id AS id FROM office
WHERE person_id IN (SELECT value FROM json_each(:ids)) OR organisation_id IN (SELECT value FROM json_each(:ids))

-- name: article_by_url
SELECT id FROM article WHERE canonical_url=:url OR url=:url

-- name: tellings_in_article
SELECT m.id, m.deal_id FROM deal_mention m JOIN deal d ON d.id=m.deal_id
WHERE m.article_id=:article_id AND (d.id=:deal OR d.merged_into=:deal)

-- name: tellings_elsewhere
SELECT count(*) AS n FROM deal_mention m JOIN deal d ON d.id=m.deal_id
WHERE m.article_id<>:article_id AND (d.id=:deal OR d.merged_into=:deal)

-- name: copy_deal
INSERT INTO deal(type, family, status, first_seen, last_changed) SELECT type, family, status, :now, :now FROM deal WHERE id=:id

-- name: move_telling
UPDATE deal_mention SET deal_id=:deal WHERE id=:id

-- name: move_anchor
UPDATE deal_anchor SET deal_id=:deal WHERE article_id=:article_id AND deal_id=:former

-- name: appearances_in_article
SELECT p.id, p.name, p.aliases, p.kind, p.entity_id, p.place, p.province, p.region, p.legal_form, p.org_kind, p.office
FROM appearance p JOIN entity e ON e.id=p.entity_id WHERE p.article_id=:article_id AND (e.id=:entity OR e.merged_into=:entity)

-- name: appearances_elsewhere
SELECT count(*) AS n FROM appearance p JOIN entity e ON e.id=p.entity_id
WHERE p.article_id<>:article_id AND (e.id=:entity OR e.merged_into=:entity)

-- name: deals_of_article
SELECT DISTINCT coalesce(d.merged_into, d.id) AS id FROM deal_mention m JOIN deal d ON d.id=m.deal_id WHERE m.article_id=:article_id

-- name: state_of_deal
SELECT d.articles, d.record_hash FROM deal r JOIN deal d ON d.id=coalesce(r.merged_into, r.id) WHERE r.id=:id

-- name: named
SELECT 1 FROM entity e JOIN appearance p ON p.entity_id=e.id WHERE e.id=:id OR e.merged_into=:id LIMIT 1

-- name: parties_known
SELECT p.name, e.public_id FROM deal_party p JOIN entity e ON e.id=p.entity_id WHERE p.deal_id=:deal

-- name: called
SELECT DISTINCT n.public_id FROM name n JOIN entity e ON e.id=n.entity_id
WHERE n.name=:name COLLATE NOCASE AND e.articles>0 ORDER BY n.entity_id LIMIT 5

-- name: tells
SELECT count(*) AS n FROM deal_mention WHERE article_id=:article_id AND deal_id=:deal

-- name: appears
SELECT count(*) AS n FROM appearance WHERE article_id=:article_id AND entity_id=:entity

-- name: entity_pairs
SELECT c.score, c.why, a.public_id AS a, a.name AS a_name, a.articles AS a_articles, a.place AS a_place, a.region AS a_region, a.org_kind AS a_kind,
  b.public_id AS b, b.name AS b_name, b.articles AS b_articles, b.place AS b_place, b.region AS b_region, b.org_kind AS b_kind,
  (SELECT coalesce(sum(d.amount_eur), 0) FROM (SELECT DISTINCT p.deal_id FROM deal_party p WHERE p.entity_id=b.id LIMIT 50) x JOIN deal d ON d.id=x.deal_id AND d.live=1) AS cents
FROM entity_candidate c JOIN entity a ON a.id=c.entity_id JOIN entity b ON b.id=c.other_id
WHERE a.merged_into IS NULL AND b.merged_into IS NULL AND a.articles>0 AND b.articles>0
  AND NOT EXISTS(SELECT 1 FROM live_decision d WHERE d.kind='different' AND ((d.a=a.public_id AND d.b=b.public_id) OR (d.a=b.public_id AND d.b=a.public_id)))
ORDER BY cents DESC, c.score DESC LIMIT :limit

-- name: deal_pairs
SELECT a.public_id AS a, a.title AS a_name, a.date AS a_date, b.public_id AS b, b.title AS b_name, b.date AS b_date,
  min(coalesce(a.amount_eur, 0), coalesce(b.amount_eur, 0)) AS cents
FROM deal_candidate c JOIN deal a ON a.id=c.deal_id JOIN deal b ON b.id=c.other_id
WHERE a.live=1 AND b.live=1
  AND NOT EXISTS(SELECT 1 FROM live_decision d WHERE d.kind IN('different','split') AND ((d.a=a.public_id AND d.b=b.public_id) OR (d.a=b.public_id AND d.b=a.public_id)))
ORDER BY cents DESC LIMIT :limit

-- name: doubtful_deals
SELECT public_id AS a, title AS a_name, date AS a_date, status, confidence, disputed, coalesce(amount_eur, 0) AS cents
FROM deal WHERE live=1 AND review='none' AND (confidence<:below OR disputed>0) ORDER BY deal.amount_eur DESC, confidence LIMIT :limit
