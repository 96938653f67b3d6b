import type { AuditQuery, AuditRows } from './audit.ts'
import type { CallView, CurrentCall, NewCall, NewCopy, NewOutcome } from './call.ts'
import type { EntryLinks, EntryQuery, EntryView } from './entry.ts'
import type { Health } from './health.ts'
import type { NewNotice, NoticeList, NoticeQuery, NoticeView } from './notice.ts'
import type { Department, DepartmentNames, SessionView, SignIn, Welcome } from './person.ts'
import type { SearchQuery, SearchReply } from './search.ts'
import type { SourceList, SourceQuery, SourceView } from './source.ts'

/** Every route: what goes in, what comes out. A test holds it against the routes that are registered. */
export interface Api {
  'GET /api/health': { reply: Health }
  'GET /api/openapi.json': { reply: unknown }

  'GET /api/welcome': { reply: Welcome }
  'GET /api/session': { reply: SessionView }
  'POST /api/session': { body: SignIn; reply: SessionView }
  'DELETE /api/session': { reply: null }
  'GET /api/departments': { reply: { departments: Department[] } }
  'PUT /api/departments/:slug': { params: { slug: string }; body: DepartmentNames; reply: Department }

  'GET /api/sources': { query: Partial<SourceQuery>; reply: SourceList }
  'GET /api/sources/:id': { params: { id: number }; reply: SourceView }

  'GET /api/search': { query: Partial<SearchQuery>; reply: SearchReply }
  'GET /api/entries/:id': { params: { id: number }; query: EntryQuery; reply: EntryView }
  'GET /api/favourite-entries': { reply: EntryLinks }
  'PUT /api/favourite-entries/:id': { params: { id: number }; reply: null }
  'DELETE /api/favourite-entries/:id': { params: { id: number }; reply: null }
  'GET /api/recent-entries': { reply: EntryLinks }

  'GET /api/notices': { query: Partial<NoticeQuery>; reply: NoticeList }
  'GET /api/notices/:id': { params: { id: number }; reply: NoticeView }
  'POST /api/notices': { body: NewNotice; reply: NoticeView }

  'POST /api/calls': { body: NewCall; reply: CallView }
  'GET /api/calls/current': { reply: CurrentCall }
  'GET /api/calls/:id': { params: { id: number }; reply: CallView }
  'PUT /api/calls/:id/outcome': { params: { id: number }; body: NewOutcome; reply: CallView }
  'PUT /api/calls/:id/end': { params: { id: number }; reply: CallView }
  'POST /api/calls/:id/copies': { params: { id: number }; body: NewCopy; reply: null }

  'GET /api/audit': { query: Partial<AuditQuery>; reply: AuditRows }
}
