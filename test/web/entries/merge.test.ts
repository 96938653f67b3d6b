import { describe, expect, it } from 'vitest'
import { differences, firstChoices, merged } from '../../../web/drafts/merge.ts'
import { sameText } from '../../../web/drafts/texts.ts'
import { entryText, fieldOfPath } from '../../../web/entries/texts.ts'
import { draft } from './drafts.ts'

const base = draft()
const mine = draft({ say: '我的', body: '我改的正文', topic: '停电' })
const theirs = draft({ say: '她的', topic: '停电', similarQuestions: ['没电了'] })

describe('a merge', () => {
  const found = differences(entryText, base, mine, theirs)

  it('shows only what differs, and who changed it', () => {
    expect(found).toEqual([
      { field: 'say', changedBy: 'both' },
      { field: 'body', changedBy: 'mine' },
      { field: 'similarQuestions', changedBy: 'theirs' },
    ])
  })

  it('takes by itself what one changed and leaves to a person what both did', () => {
    const choices = firstChoices(found)
    expect(merged(entryText, mine, theirs, found, choices)).toBeUndefined()
    choices.set('say', 'theirs')
    expect(merged(entryText, mine, theirs, found, choices)).toEqual(
      draft({ say: '她的', body: '我改的正文', topic: '停电', similarQuestions: ['没电了'] }),
    )
  })
})

describe('texts', () => {
  it('are the same whatever the order of keys', () => {
    const a = draft({ scope: { company: '南网', city: '佛山' } })
    const b = draft({ scope: { city: '佛山', company: '南网' } })
    expect(sameText(entryText, a, b)).toBe(true)
    expect(sameText(entryText, a, draft({ scope: { city: '佛山' } }))).toBe(false)
  })

  it('have the field that a fault names', () => {
    const paths = [
      'say',
      'body',
      'body.say',
      'body.body',
      'body.basis.0.clause',
      'similarQuestions',
      'query.q',
    ]
    expect(paths.map(fieldOfPath)).toEqual([
      'say',
      'body',
      'say',
      'body',
      'basis',
      'similarQuestions',
      undefined,
    ])
  })
})
