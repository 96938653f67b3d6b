import type { Static } from 'typebox'
import type { Policy, PolicyList } from './policy.ts'
import type {
  DelegationList,
  FastLaneReply,
  MemberList,
  NewComment,
  NewDelegation,
  NewDepartment,
  NewFastLane,
  NewRetirement,
  NewStandIn,
  NewVote,
  NewWithdrawal,
  ReviewCounts,
  ReviewList,
  ReviewOpened,
  ReviewQuery,
  ReviewView,
  VoteReply,
} from './review.ts'
import type {
  NewFeedback,
  ReportList,
  ReportQuery,
  NewSource,
  Superseded,
  Supersession,
  TaskEnding,
  TaskList,
  TaskQuery,
  VerificationList,
  VerificationQuery,
  Verified,
} from './upkeep.ts'
import type {
  AuthorList,
  Comparison,
  ComparisonQuery,
  DraftText,
  EntryHistory,
  EntryQueries,
  MyRevisions,
  MyRevisionsQuery,
  Neighbours,
  NewComparison,
  NewEntryReply,
  NewPreview,
  NewRevisionReply,
  Preview,
  RevisionView,
  TextComparison,
} from './writing.ts'
import type { AuditQuery, AuditRows } from './audit.ts'
import type { CallArea, CallView, CurrentCall, NewCall, NewCopy, NewOutcome } from './call.ts'
import type { EngineView, SetAsideList, SetAsideQuery } from './engine.ts'
import type { EntryLinks, EntryQuery, EntryView } from './entry.ts'
import type { Health } from './health.ts'
import type { LoopApi } from './loop.ts'
import type { NewNotice, NoticeList, NoticeQuery, NoticeView } from './notice.ts'
import type {
  Department,
  DepartmentNames,
  ExpertList,
  ExpertQuery,
  SessionView,
  SignIn,
  Welcome,
} from './person.ts'
import type { Digest, NotificationList, NotificationQuery, ReadUpTo, Unread } from './notification.ts'
import type { ScriptDraft } from './script.ts'
import type { ScriptApi } from './script-api.ts'
import type { SearchQuery, SearchReply } from './search.ts'
import type { SourceList, SourceQuery, SourceView } from './source.ts'

/** Every route: what goes in, what comes out. A test holds it against the routes that are registered. */
export interface Api extends LoopApi, ScriptApi {
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
  'PUT /api/calls/:id/area': { params: { id: number }; body: CallArea; reply: CallView }
  'PUT /api/calls/:id/end': { params: { id: number }; reply: CallView }
  'POST /api/calls/:id/copies': { params: { id: number }; body: NewCopy; reply: null }

  'GET /api/notifications': { query: Partial<NotificationQuery>; reply: NotificationList }
  'PUT /api/notifications/:id/reading': { params: { id: number }; reply: Unread }
  'PUT /api/notifications/readings': { body: ReadUpTo; reply: Unread }
  'GET /api/digest': { query: { day?: string }; reply: Digest }
  'GET /api/events': { reply: string }

  'GET /api/engine': { reply: EngineView }
  'GET /api/engine/set-aside': { query: Partial<SetAsideQuery>; reply: SetAsideList }
  'POST /api/engine/set-aside/:id/attempts': { params: { id: number }; reply: null }

  'GET /api/audit': { query: Partial<AuditQuery>; reply: AuditRows }

  'POST /api/entries': { body: DraftText; reply: Static<typeof NewEntryReply> }
  'POST /api/entries/:id/revisions': { params: { id: number }; reply: Static<typeof NewRevisionReply> }
  'GET /api/revisions': { query: Partial<Static<typeof MyRevisionsQuery>>; reply: MyRevisions }
  'GET /api/revisions/:id': { params: { id: number }; reply: RevisionView }
  'PUT /api/revisions/:id': {
    params: { id: number }
    body: DraftText | ScriptDraft
    reply: { version: number }
  }
  'PUT /api/revisions/:id/co-authors/:personId': {
    params: { id: number; personId: number }
    reply: AuthorList
  }
  'DELETE /api/revisions/:id/co-authors/:personId': {
    params: { id: number; personId: number }
    reply: AuthorList
  }
  'POST /api/revisions/:id/submission': { params: { id: number }; reply: Static<typeof ReviewOpened> }
  'GET /api/revisions/:id/neighbours': { params: { id: number }; reply: Neighbours }
  'POST /api/entries/:id/retirement': {
    params: { id: number }
    body: NewRetirement
    reply: Static<typeof ReviewOpened>
  }
  'GET /api/entries/:id/history': { params: { id: number }; reply: EntryHistory }
  'GET /api/entries/:id/queries': { params: { id: number }; reply: EntryQueries }
  'GET /api/comparisons': { query: Static<typeof ComparisonQuery>; reply: Comparison }
  'POST /api/comparisons': { body: Static<typeof NewComparison>; reply: TextComparison }
  'POST /api/previews': { body: Static<typeof NewPreview>; reply: Static<typeof Preview> }

  'GET /api/reviews': { query: Partial<ReviewQuery>; reply: ReviewList }
  'GET /api/reviews/:id': { params: { id: number }; reply: ReviewView }
  'POST /api/reviews/:id/votes': { params: { id: number }; body: NewVote; reply: Static<typeof VoteReply> }
  'POST /api/reviews/:id/withdrawal': {
    params: { id: number }
    body: NewWithdrawal
    reply: Static<typeof VoteReply>
  }
  'POST /api/reviews/:id/comments': { params: { id: number }; body: NewComment; reply: null }
  'POST /api/reviews/:id/departments': { params: { id: number }; body: NewDepartment; reply: null }
  'POST /api/reviews/:id/stand-ins': { params: { id: number }; body: NewStandIn; reply: null }
  'POST /api/reviews/:id/fast-lane': {
    params: { id: number }
    body: NewFastLane
    reply: Static<typeof FastLaneReply>
  }
  'GET /api/experts': { query: Partial<ExpertQuery>; reply: ExpertList }
  'GET /api/review-counts': { reply: ReviewCounts }
  'GET /api/members': { reply: MemberList }
  'GET /api/delegations': { reply: DelegationList }
  'POST /api/delegations': { body: NewDelegation; reply: DelegationList }
  'PUT /api/delegations/:id/ending': { params: { id: number }; reply: DelegationList }
  'GET /api/policies': { reply: PolicyList }
  'PUT /api/policies': { body: Policy; reply: PolicyList }

  'POST /api/entries/:id/feedback': { params: { id: number }; body: NewFeedback; reply: { taskId: number } }
  'GET /api/feedback': { query: Partial<ReportQuery>; reply: ReportList }
  'GET /api/tasks': { query: Partial<TaskQuery>; reply: TaskList }
  'PUT /api/tasks/:id/ending': { params: { id: number }; body: Static<typeof TaskEnding>; reply: null }
  'GET /api/verifications': { query: Partial<VerificationQuery>; reply: VerificationList }
  'POST /api/entries/:id/verifications': { params: { id: number }; reply: Static<typeof Verified> }
  'POST /api/sources': { body: NewSource; reply: SourceView }
  'GET /api/sources/:id/citations': { params: { id: number }; reply: EntryLinks }
  'PUT /api/sources/:id/successor': {
    params: { id: number }
    body: Static<typeof Supersession>
    reply: Superseded
  }
}
