import { describe, expect, it } from 'vitest'
import type { Role } from '#server/contract/lists.ts'
import { homeOf, screenOf, screensFor } from '../../web/app/screens.ts'

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
    expect(screenOf('/', ['chair']).id).toBe('reviews')
    expect(screenOf('/reviews/x', ['agent']).id).toBe('desk')
  })

  it('are shown to those who may use them', () => {
    expect(ids('agent')).toEqual(['desk'])
    expect(ids('reviewer')).toContain('reviews')
    expect(ids('reviewer')).not.toContain('policies')
    expect(ids('chair')).toEqual(expect.arrayContaining(['desk', 'reviews', 'policies']))
  })
})
