-- name: group
SELECT id FROM deal WHERE id=:id OR merged_into=:id ORDER BY id

-- name: decisions
SELECT id, kind, a, b, field, value FROM live_decision
WHERE kind IN('correct','reject','confirm') AND a IN (SELECT value FROM json_each(:ids)) ORDER BY id

-- name: empty
UPDATE deal SET live=0, sources=0, articles=0, disputed=0, last_changed=CASE live WHEN 1 THEN :now ELSE last_changed END WHERE id=:id

-- name: clear_parties
DELETE FROM deal_party WHERE deal_id=:id

-- name: clear_evidence
DELETE FROM deal_evidence WHERE deal_id=:id

-- name: clear_statuses
DELETE FROM deal_status WHERE deal_id=:id

-- name: clear_text
DELETE FROM deal_text WHERE deal_id=:id

-- name: entity_name
SELECT name FROM entity WHERE id=:id

-- name: entity_by_public_id
SELECT coalesce(e.merged_into, e.id) AS id, r.name FROM entity e JOIN entity r ON r.id=coalesce(e.merged_into, e.id) WHERE e.id=:id AND e.public_id=:public_id

-- name: insert_party
INSERT INTO deal_party(deal_id, position, role, entity_id, name, family, day)
VALUES(:deal_id, :position, :role, :entity_id, :name, :family, :day)

-- name: insert_evidence
INSERT INTO deal_evidence(deal_id, field, deal_mention_id, value, chosen, agrees)
VALUES(:deal_id, :field, :deal_mention_id, :value, :chosen, :agrees) ON CONFLICT DO NOTHING

-- name: insert_status
INSERT INTO deal_status(deal_id, position, date, status, denied, deal_mention_id)
VALUES(:deal_id, :position, :date, :status, :denied, :deal_mention_id)

-- name: insert_text
INSERT INTO deal_text(deal_id, title, parties, subject, evidence) VALUES(:deal_id, :title, :parties, :subject, :evidence)

-- name: record_hash
SELECT record_hash FROM deal WHERE id=:id

-- name: update_deal
UPDATE deal SET title=:title, type=:type, family=:family, status=:status, denied=:denied, date=:date, day=:day, currency=:currency,
  qualifier=:qualifier, amount_low=:amount_low, amount_high=:amount_high, amount_eur=:amount_eur, eur_rate_day=:eur_rate_day,
  total_currency=:total_currency, total_qualifier=:total_qualifier, total_low=:total_low, total_high=:total_high, stake=:stake,
  stake_after=:stake_after, subject=:subject, confidence=:confidence, sources=:sources, articles=:articles, disputed=:disputed,
  review=:review, live=:live,
  last_changed=CASE WHEN record_hash=:record_hash AND review=:review AND merged_into IS NULL AND articles>0 THEN last_changed ELSE :now END, record_hash=:record_hash
WHERE id=:id

-- name: rate
SELECT day, per_euro FROM rate WHERE currency=:currency AND day BETWEEN :since AND :day ORDER BY day DESC LIMIT 1
