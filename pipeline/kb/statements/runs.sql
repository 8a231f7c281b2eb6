-- name: abort_unfinished
UPDATE run SET status='aborted', finished_at=:now, message='ended without saying so' WHERE status='running'

-- name: insert_run
INSERT INTO run(kind, started_at, code_version) VALUES(:kind, :now, :code_version)

-- name: finish_run
UPDATE run SET status=:status, exit_code=:exit_code, finished_at=:now, counts=:counts, message=:message WHERE id=:id AND status='running'

-- name: insert_issue
INSERT INTO issue(run_id, stage, subject, message, detail, raised_at) VALUES(:run_id, :stage, :subject, :message, :detail, :now)

-- name: bury
INSERT INTO dead_letter(stage, item, error, first_failed_at, last_failed_at) VALUES(:stage, :item, :error, :now, :now)
ON CONFLICT(stage, item) DO UPDATE SET error=excluded.error, attempts=attempts+1, last_failed_at=excluded.last_failed_at, resolved_at=NULL

-- name: raise_from_dead
UPDATE dead_letter SET resolved_at=:now WHERE stage=:stage AND item=:item AND resolved_at IS NULL

-- name: dead_letters
SELECT stage, item, error, attempts, first_failed_at, last_failed_at FROM dead_letter WHERE resolved_at IS NULL ORDER BY last_failed_at DESC

-- name: issues
SELECT run_id, stage, subject, message, raised_at FROM issue WHERE resolved_at IS NULL ORDER BY id DESC LIMIT :limit

-- name: last_run
SELECT id, kind, started_at, finished_at, status, exit_code, counts, message FROM run ORDER BY id DESC LIMIT 1
