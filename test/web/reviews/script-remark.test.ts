import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import RemarkDialog from '../../../web/reviews/RemarkDialog.vue'
import { review } from '../../../web/reviews/review.ts'
import { settle, stubServer } from '../server-stub.ts'
import { readings, view } from './sample.ts'

it('a script is remarked on by what a script has, first of all its steps', async () => {
  const entry = view(1)
  const script = { ...entry, revision: { ...entry.revision, kind: 'script' as const } }
  const { asked } = stubServer({
    ...readings,
    'GET /api/reviews/1': () => script,
    'POST /api/reviews/1/comments': () => null,
  })
  review.value = script
  const dialogue = mount(RemarkDialog, { props: { review: script }, global: { plugins: [i18n] } })
  const names = dialogue.findAll('option').map(one => one.text())
  expect(names).toEqual(expect.arrayContaining(['标题', '场景', '话术']))
  expect(names).not.toContain('口径')
  await dialogue.find('textarea').setValue('第五步没有说下次消息几点来。')
  await dialogue.find('form').trigger('submit')
  await settle()
  const sent = asked.find(one => one.method === 'POST')
  expect(sent?.body).toEqual({ field: 'body', text: '第五步没有说下次消息几点来。' })
})
