CREATE TRIGGER `question_kept` BEFORE DELETE ON `question` BEGIN SELECT RAISE(ABORT, 'questions are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `question_asked` BEFORE UPDATE OF `text`, `person_id`, `call_id`, `raised_at` ON `question`
BEGIN SELECT RAISE(ABORT, 'what was asked is never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `question_step_stays` BEFORE UPDATE ON `question_step` BEGIN SELECT RAISE(ABORT, 'steps of a question are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `question_step_kept` BEFORE DELETE ON `question_step` BEGIN SELECT RAISE(ABORT, 'steps of a question are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `question_answer_stays` BEFORE UPDATE ON `question_answer` BEGIN SELECT RAISE(ABORT, 'answers to a question are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `question_answer_kept` BEFORE DELETE ON `question_answer` BEGIN SELECT RAISE(ABORT, 'answers to a question are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `callback_kept` BEFORE DELETE ON `callback` BEGIN SELECT RAISE(ABORT, 'call-backs are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `callback_try_stays` BEFORE UPDATE ON `callback_try` BEGIN SELECT RAISE(ABORT, 'tries of a call-back are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `callback_try_kept` BEFORE DELETE ON `callback_try` BEGIN SELECT RAISE(ABORT, 'tries of a call-back are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `callback_handover_stays` BEFORE UPDATE ON `callback_handover` BEGIN SELECT RAISE(ABORT, 'handovers are never updated'); END;
--> statement-breakpoint
CREATE TRIGGER `callback_handover_kept` BEFORE DELETE ON `callback_handover` BEGIN SELECT RAISE(ABORT, 'handovers are never deleted'); END;
