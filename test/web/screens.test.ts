import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Role } from '#server/contract/lists.ts'
import { pageCommands } from '../../web/app/page-commands.ts'
import { goTo, homeOf, screenOf, screensFor } from '../../web/app/screens.ts'
import { callbackCommands } from '../../web/callbacks/commands.ts'
import { deskCommands } from '../../web/desk/commands.ts'
import { historyCommands } from '../../web/entries/history-commands.ts'
import { listCommands } from '../../web/entries/list-commands.ts'
import { chosenSource, entryWords } from '../../web/entries/lists.ts'
import { writingCommands } from '../../web/entries/writing-commands.ts'
import { figureCommands } from '../../web/insights/figure-commands.ts'
import { gapCommands } from '../../web/insights/gap-commands.ts'
import { policyCommands } from '../../web/policies/commands.ts'
import { listCommands as listPracticeCommands, runCommands } from '../../web/practice/commands.ts'
import { openId } from '../../web/reviews/place.ts'
import { questionCommands } from '../../web/questions/question-commands.ts'
import { routingCommands } from '../../web/questions/routing-commands.ts'
import { queueCommands } from '../../web/reviews/queue-commands.ts'
import { reviewCommands } from '../../web/reviews/review-commands.ts'
import { builderCommands } from '../../web/scripts/builder-commands.ts'
import { listCommands as scriptCommands } from '../../web/scripts/list-commands.ts'
import { pageCommands as scriptPageCommands } from '../../web/scripts/page-commands.ts'
import { systemCommands } from '../../web/system/commands.ts'
import { register } from '../../web/ui/commands.ts'

const ids = (...roles: Role[]) => screensFor(roles).map(one => one.id)

describe('the screens', () => {
  it('are where the work of a role is', () => {
    expect(homeOf(['agent']).id).toBe('desk')
    expect(homeOf(['supervisor']).id).toBe('desk')
    expect(homeOf(['expert']).id).toBe('entries')
    expect(homeOf(['reviewer']).id).toBe('reviews')
    expect(homeOf(['expert', 'chair']).id).toBe('reviews')
  })

  it('have addresses; an unknown one leads home', () => {
    expect(screenOf('/desk', ['chair']).id).toBe('desk')
    expect(screenOf('/reviews', ['agent']).id).toBe('reviews')
    expect(screenOf('/reviews/12', ['agent']).id).toBe('reviews')
    expect(screenOf('/policies', ['chair']).id).toBe('policies')
    expect(screenOf('/questions', ['agent']).id).toBe('questions')
    expect(screenOf('/questions/12', ['expert']).id).toBe('questions')
    expect(screenOf('/questions/routing', ['expert']).id).toBe('questions')
    expect(screenOf('/callbacks', ['agent']).id).toBe('callbacks')
    for (const path of ['/scripts', '/scripts/new', '/scripts/7', '/scripts/revisions/7'])
      expect(screenOf(path, ['expert']).id, path).toBe('scripts')
    expect(screenOf('/insights/fcr', ['expert']).id).toBe('insights')
    expect(screenOf('/insights/scripts', ['expert']).id).toBe('insights')
    expect(screenOf('/system', ['admin']).id).toBe('system')
    expect(screenOf('/practice', ['agent']).id).toBe('practice')
    expect(screenOf('/practice/7', ['agent']).id).toBe('practice')
    expect(screenOf('/', ['chair']).id).toBe('reviews')
    expect(screenOf('/reviews/x', ['agent']).id).toBe('desk')
  })

  it('are shown to those who may use them', () => {
    expect(ids('agent')).toEqual(['desk', 'callbacks', 'practice'])
    expect(ids('reviewer')).toContain('reviews')
    expect(ids('reviewer')).not.toContain('policies')
    expect(ids('expert')).toContain('questions')
    expect(ids('supervisor')).toContain('questions')
    for (const role of ['expert', 'reviewer', 'chair'] as const) expect(ids(role)).toContain('scripts')
    expect(ids('agent')).not.toContain('scripts')
    expect(ids('admin')).toEqual(['desk', 'system'])
    expect(ids('supervisor')).toContain('system')
    expect(ids('chair')).not.toContain('system')
    expect(ids('reviewer')).not.toContain('insights')
    for (const role of ['supervisor', 'chair', 'expert'] as const) expect(ids(role)).toContain('insights')
    expect(ids('chair')).toEqual(expect.arrayContaining(['desk', 'reviews', 'policies']))
  })
})

describe('the commands of a screen', () => {
  it.each([
    ['desk', deskCommands],
    ['callbacks', callbackCommands],
    ['entries', listCommands],
    ['writing', writingCommands],
    ['history', historyCommands(1)],
    ['scripts', scriptCommands],
    ['builder', builderCommands],
    ['script', scriptPageCommands],
    ['questions', questionCommands],
    ['routing', routingCommands],
    ['queue', queueCommands],
    ['review', reviewCommands],
    ['policies', policyCommands],
    ['gaps', gapCommands],
    ['system', systemCommands],
    ['practice', listPracticeCommands],
    ['a practice run', runCommands],
    ['figures', figureCommands(['insights-category'])],
  ])('share no key with those of every page: %s', (_name, commands) => {
    const forget = register([...pageCommands, ...commands])
    expect(pageCommands.map(one => one.id)).toContain('notifications')
    forget()
  })
})

describe('the way to an address', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    history.replaceState(null, '', '/')
  })

  it('stays on the page when its screen is the one that is shown', () => {
    const assign = vi.spyOn(location, 'assign').mockReturnValue(undefined)
    history.replaceState(null, '', '/reviews')
    goTo('/reviews/12')
    expect([openId.value, location.pathname]).toEqual([12, '/reviews/12'])
    goTo('/reviews')
    expect(openId.value).toBeNull()
    history.replaceState(null, '', '/entries')
    entryWords.value = '电费'
    goTo('/entries/sources/5')
    expect([location.pathname, entryWords.value, chosenSource.at.value]).toEqual([
      '/entries/sources/5',
      '',
      -1,
    ])
    expect(assign).not.toHaveBeenCalled()
  })

  it('loads the page of another screen', () => {
    const assign = vi.spyOn(location, 'assign').mockReturnValue(undefined)
    history.replaceState(null, '', '/reviews')
    goTo('/desk?entry=3')
    goTo('/entries/tasks')
    expect(assign.mock.calls).toEqual([['/desk?entry=3'], ['/entries/tasks']])
  })
})
