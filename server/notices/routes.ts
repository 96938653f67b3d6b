import { NewNotice, NoticeList, NoticeQuery, NoticeView } from '#server/contract/notice.ts'
import { IdParams } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf } from '#server/people/index.ts'
import { postNotice } from './commands.ts'
import { noticeById, noticeList } from './queries.ts'

export function registerNotices(app: App, { db, clock }: Deps): void {
  app.get('/api/notices', { schema: { querystring: NoticeQuery, response: { 200: NoticeList } } }, request =>
    noticeList(db, clock(), actorOf(request), request.query),
  )
  app.get('/api/notices/:id', { schema: { params: IdParams, response: { 200: NoticeView } } }, request =>
    noticeById(db, clock(), actorOf(request), request.params.id),
  )
  app.post(
    '/api/notices',
    { schema: { body: NewNotice, response: { 201: NoticeView } } },
    async (request, reply) => {
      const actor = actorOf(request)
      const id = write(db, tx => postNotice(tx, clock(), actor, request.body))
      reply.code(201)
      return noticeById(db, clock(), actor, id)
    },
  )
}
