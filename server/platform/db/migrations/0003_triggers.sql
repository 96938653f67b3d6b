CREATE TRIGGER `audit_stays` BEFORE UPDATE ON `audit` WHEN OLD.`hash` <> '' BEGIN SELECT RAISE(ABORT, 'audit rows are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_kept` BEFORE DELETE ON `audit` BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `vote_stays` BEFORE UPDATE ON `vote` BEGIN SELECT RAISE(ABORT, 'votes are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `vote_kept` BEFORE DELETE ON `vote` BEGIN SELECT RAISE(ABORT, 'votes are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `publication_stays` BEFORE UPDATE ON `publication` BEGIN SELECT RAISE(ABORT, 'publications are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `publication_kept` BEFORE DELETE ON `publication` BEGIN SELECT RAISE(ABORT, 'publications are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `published_revision_stays` BEFORE UPDATE ON `revision`
WHEN EXISTS (SELECT 1 FROM `publication` WHERE `revision_id` = OLD.`id`)
BEGIN SELECT RAISE(ABORT, 'a published revision is never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `published_revision_kept` BEFORE DELETE ON `revision`
WHEN EXISTS (SELECT 1 FROM `publication` WHERE `revision_id` = OLD.`id`)
BEGIN SELECT RAISE(ABORT, 'a published revision is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `published_basis_added` BEFORE INSERT ON `revision_basis`
WHEN EXISTS (SELECT 1 FROM `publication` WHERE `revision_id` = NEW.`revision_id`)
BEGIN SELECT RAISE(ABORT, 'the basis of a published revision is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `published_basis_stays` BEFORE UPDATE ON `revision_basis`
WHEN EXISTS (SELECT 1 FROM `publication` WHERE `revision_id` IN (OLD.`revision_id`, NEW.`revision_id`))
BEGIN SELECT RAISE(ABORT, 'the basis of a published revision is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `published_basis_kept` BEFORE DELETE ON `revision_basis`
WHEN EXISTS (SELECT 1 FROM `publication` WHERE `revision_id` = OLD.`revision_id`)
BEGIN SELECT RAISE(ABORT, 'the basis of a published revision is never changed'); END;
