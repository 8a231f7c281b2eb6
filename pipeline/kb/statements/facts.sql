-- name: insert_extractor
INSERT INTO extractor(pipeline, tagger, version, first_used_at) VALUES(:pipeline, :tagger, :version, :now) ON CONFLICT DO NOTHING

-- name: extractor
SELECT id FROM extractor WHERE pipeline=:pipeline AND tagger=:tagger AND version=:version

-- name: extraction
SELECT id, record_hash, counts FROM extraction WHERE article_id=:article_id AND version=:version AND extractor_id=:extractor_id

-- name: counting_extraction
SELECT id FROM extraction WHERE article_id=:article_id AND counts=1

-- name: delete_extraction
DELETE FROM extraction WHERE id=:id

-- name: insert_extraction
INSERT INTO extraction(article_id, version, extractor_id, run_id, counts, record_hash, doubts, done_at)
VALUES(:article_id, :version, :extractor_id, :run_id, 0, :record_hash, :doubts, :now)

-- name: make_count
UPDATE extraction SET counts=1 WHERE id=:id

-- name: make_not_count
UPDATE extraction SET counts=0 WHERE id=:id

-- name: insert_appearance
INSERT INTO appearance(extraction_id, article_id, kind, name, org_kind, legal_form, aliases, office, organisation_id, place, province, region, day)
VALUES(:extraction_id, :article_id, :kind, :name, :org_kind, :legal_form, :aliases, :office, :organisation_id, :place, :province, :region, :day)

-- name: insert_mention
INSERT INTO mention(extraction_id, article_id, label, char_start, char_end, text, value, appearance_id)
VALUES(:extraction_id, :article_id, :label, :char_start, :char_end, :text, :value, :appearance_id)

-- name: insert_deal_mention
INSERT INTO deal_mention(extraction_id, article_id, type, status, denied, currency, qualifier, amount_low, amount_high,
  total_currency, total_qualifier, total_low, total_high, stake, stake_after, date, subject, confidence)
VALUES(:extraction_id, :article_id, :type, :status, :denied, :currency, :qualifier, :amount_low, :amount_high,
  :total_currency, :total_qualifier, :total_low, :total_high, :stake, :stake_after, :date, :subject, :confidence)

-- name: insert_party
INSERT INTO deal_mention_party(deal_mention_id, position, role, name, named, appearance_id)
VALUES(:deal_mention_id, :position, :role, :name, :named, :appearance_id)

-- name: insert_span
INSERT INTO deal_mention_span(deal_mention_id, field, char_start, char_end) VALUES(:deal_mention_id, :field, :char_start, :char_end)
ON CONFLICT DO NOTHING
