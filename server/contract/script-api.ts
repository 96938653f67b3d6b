import type { Static } from 'typebox'
import type { CallView } from './call.ts'
import type { CheckReply, Method, NewCheck, ScriptView } from './script-views.ts'
import type { ScriptDraft } from './script.ts'
import type {
  Beginning,
  BeginningQuery,
  FileQuery,
  NewPractice,
  NewScriptImport,
  NewScriptStep,
  PracticeList,
  PracticeQuery,
  PracticeView,
  ScriptFigures,
  ScriptFiguresQuery,
} from './script-use.ts'
import type { NewEntryReply } from './writing.ts'

type ById = { id: number }

/** Routes of the call scripts: writing them, following them in a call, practising them, and what became of them. */
export interface ScriptApi {
  'POST /api/scripts': { body: ScriptDraft; reply: Static<typeof NewEntryReply> }
  'GET /api/scripts/:id': { params: ById; reply: ScriptView }
  'POST /api/scripts/check': { body: NewCheck; reply: CheckReply }
  'GET /api/method': { reply: Method }
  'GET /api/script-beginnings': { query: BeginningQuery; reply: Static<typeof Beginning> }
  'POST /api/script-imports': { body: NewScriptImport; reply: Static<typeof NewEntryReply> }
  'GET /api/scripts/:id/file': { params: ById; query: Static<typeof FileQuery>; reply: string }
  'GET /api/revisions/:id/file': { params: ById; query: Static<typeof FileQuery>; reply: string }
  'POST /api/calls/:id/script-steps': { params: ById; body: NewScriptStep; reply: CallView }
  'POST /api/practices': { body: NewPractice; reply: PracticeView }
  'GET /api/practices': { query: Partial<PracticeQuery>; reply: PracticeList }
  'GET /api/figures/scripts': { query: ScriptFiguresQuery; reply: ScriptFigures }
}
