import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { LightMyRequestResponse } from 'fastify'
import { publishRevision } from '#server/entries/index.ts'
import { write } from '#server/platform/db/db.ts'
import { readScriptFile } from '#server/scripts/script-file.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refusal } from '../support/committee.ts'
import { publishScript, SCRIPT, saying, scriptText } from '../support/scripting.ts'
import { unzip } from '../support/unzip.ts'

let t: TestApp
let agent: Client
let expert: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  agent = await t.signIn('agent')
  expert = await t.signIn('expert', 'service')
})

const file = (id: number, format: string, client = agent) =>
  client.get(`/api/scripts/${id}/file?format=${format}`)
const imported = (markdown: string, client = expert) => client.post('/api/script-imports', { markdown })
const SOURCED = { ...SCRIPT, basis: [{ sourceId: 1, clause: '第二条' }] }

/** The words of a Word document, a paragraph a line. */
function wordsOf(reply: LightMyRequestResponse): string {
  const xml = unzip(reply.rawPayload).get('word/document.xml') ?? ''
  return xml
    .replaceAll('</w:p>', '\n')
    .replace(/<[^>]+>/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
}

test('a script in force is a Markdown file that is imported again as the same script', async () => {
  const id = publishScript(t, SOURCED)
  const reply = await file(id, 'markdown')
  expect(reply.headers['content-type']).toBe('text/markdown; charset=utf-8')
  const name = `${encodeURIComponent(`${SCRIPT.title}-第1版.md`)}`
  expect(reply.headers['content-disposition']).toBe(
    `attachment; filename="script-${id}-1.md"; filename*=UTF-8''${name}`,
  )
  const read = readScriptFile(reply.body)
  expect(read).toMatchObject({ title: SCRIPT.title, basis: [{ source: 'business-rules', clause: '第二条' }] })
  const again = await imported(reply.body)
  expect([again.statusCode, again.body]).toEqual([201, expect.stringContaining('revisionId')])
  const { revisionId } = again.json<{ revisionId: number }>()
  const draft = await expert.get(`/api/revisions/${revisionId}/file?format=markdown`)
  expect(draft.body).toBe(reply.body)
})

test('a Word file has the head, every step with who says what, the branches, the quotes and who approved it', async () => {
  const quoted = t.build.entry({ standardQuestion: '停电赔不赔？', say: '看是什么原因。' }, 'outage')
  const steps = [
    ...SCRIPT.steps.slice(0, 2),
    { step: 9, lines: [{ speaker: 'agent' as const, text: '[[entry:outage@1]] 5 < 6 & 好' }] },
  ]
  const reviewer = await t.signIn('reviewer', 'market')
  const { entryId: id, revisionId } = t.build.draft(scriptText({ ownerDepartment: 'market', steps }))
  const approvals = [{ department: 'market', personId: reviewer.id }]
  write(t.db, tx => publishRevision(tx, NOW, revisionId, approvals))
  t.build.publish(t.build.revision(quoted, { standardQuestion: '停电赔不赔？', say: '口径改了。' }))
  const reply = await file(id, 'docx')
  expect(reply.headers['content-type']).toContain('wordprocessingml.document')
  const words = wordsOf(reply)
  for (const wanted of [
    SCRIPT.title,
    '品质类',
    SCRIPT.scenario,
    '市场营销',
    '提示\n引用已更新',
    '第 1 步',
    '已知事实\n全楼没电',
    '客户：都黑了一个多小时了，我冰箱里有药！',
    '坐席：听得出您很着急，我马上查。',
    '“那到底几点？” → 第 5 步\n坐席：我先看抢修的最新进度。',
    '“算了，不用了” → 结束通话',
    '坐席：口径改了。〔引自《停电赔不赔？》第 2 版〕 5 < 6 & 好',
    '停电赔不赔？\n第 1 版\n第 2 版\n评审后有新版本',
    '市场营销\n赵岚\n2026-11-22',
  ])
    expect(words).toContain(wanted)
  expect(words).not.toContain('尚未审定')
})

test('a draft is a file for its author, and says that nobody approved it', async () => {
  const title = '客户\u0007着急'
  const { revisionId } = (await expert.post('/api/scripts', { ...SCRIPT, title })).json<{
    revisionId: number
  }>()
  const address = `/api/revisions/${revisionId}/file?format=docx`
  const words = wordsOf(await expert.get(address))
  for (const wanted of ['客户着急', '尚未审定，不得对客户使用。']) expect(words).toContain(wanted)
  for (const client of [agent, await t.signIn('expert', 'market'), await t.signIn('admin')])
    expect(refusal(await client.get(address))).toEqual([404, 'revision.not_found'])
  const answer = (await expert.post('/api/entries', { ...scriptText(), kind: 'answer' })).json<{
    revisionId: number
  }>()
  expect(refusal(await expert.get(`/api/revisions/${answer.revisionId}/file?format=docx`))).toEqual([
    404,
    'script.not_found',
  ])
})

test('what is not in force is no file, nor is what is no script, and a format must be named', async () => {
  const retired = publishScript(t)
  t.build.retire(retired)
  for (const id of [retired, t.build.entry(), 999])
    expect(refusal(await file(id, 'docx'))).toEqual([404, 'script.not_found'])
  const id = publishScript(t)
  for (const format of ['', 'pdf']) expect(refusal(await file(id, format))).toEqual([400, 'request.invalid'])
})

test('a quote of what is in force no more is not in the file', async () => {
  t.build.entry({ say: '已经作废的口径' }, 'old')
  const id = publishScript(t, saying('按规定：[[entry:old@1]]，通知：[[notice:active]]'))
  t.build.retire(1)
  const words = wordsOf(await file(id, 'docx'))
  expect(words).toContain('按规定：〔引用的条目已不在有效状态〕，通知：〔通话时显示电网状态通知的口径〕')
  expect(words).not.toContain('已经作废的口径')
})

test('a file name has nothing that a file system or a header does not take', async () => {
  const id = publishScript(t, { title: '客户说"赔我"*(3/4)\u202E天' })
  const { 'content-disposition': said } = (await file(id, 'markdown')).headers
  const name = /filename\*=UTF-8''(\S+)$/u.exec(String(said))?.[1] ?? ''
  expect(decodeURIComponent(name)).toBe('客户说 赔我 (3 4) 天-第1版.md')
  expect(name).toMatch(/^[\w.%~!-]+$/u)
})

test('an import begins a draft of the one who sends it; its dates and documents are taken over', async () => {
  const own = t.build.source('gb-12325')
  const id = t.build.entry({
    ...scriptText(),
    basis: [{ sourceId: own }],
    validUntil: Date.parse('2026-12-01T00:00:00+08:00'),
  })
  const { body } = await file(id, 'markdown')
  expect(body).toContain('source: gb-12325')
  expect(body).toContain('validUntil: 2026-11-30')
  const { revisionId } = (await imported(body)).json<{ revisionId: number }>()
  expect((await expert.get(`/api/revisions/${revisionId}`)).json()).toMatchObject({
    state: 'draft',
    validUntil: '2026-11-30T16:00:00.000Z',
    basis: [{ sourceId: own }],
    script: { class: 'quality' },
  })
})

const lineOf = (text: string, words: string) => text.split('\n').findIndex(line => line.includes(words)) + 1

test('a file with faults is refused with each line, and begins nothing', async () => {
  const { body } = await file(publishScript(t, SOURCED), 'markdown')
  const revisions = () => t.db.$client.prepare('select count(*) from revision').pluck().get()
  const before = revisions()
  const wrong = body
    .replace('ownerDepartment: service', 'ownerDepartment: nowhere')
    .replace('business-rules', 'unknown')
  const unknown = await imported(wrong)
  expect([refusal(unknown), unknown.json().fields.map((one: { path: string }) => one.path)]).toEqual([
    [422, 'script.unreadable'],
    [`body.markdown.${lineOf(wrong, 'ownerDepartment')}`, expect.stringMatching(/^body\.markdown\.\d+$/u)],
  ])
  const twelve = body.replace('## 第 9 步', '## 第 12 步')
  const steps = await imported(twelve)
  expect(steps.json().fields).toEqual([
    { path: `body.markdown.${lineOf(twelve, '第 12 步')}`, message: expect.stringContaining('12') },
  ])
  for (const role of ['agent', 'supervisor', 'admin'] as const)
    expect(refusal(await imported(body, await t.signIn(role)))).toEqual([403, 'right.missing'])
  expect(revisions()).toBe(before)
})
