import type { EngineSettings } from '#server/platform/engine/port.ts'
import { isAtLeast, OLDEST_VERSION, type Connection } from './connection.ts'
import { faultOf, RemoteFault } from './faults.ts'
import { changedSettings, indexSettings, layoutOf, markOf, newMark, type Mark } from './settings.ts'

/** What was found on the server: no index yet, one of other settings, or one that can be searched. */
export interface Inspection {
  state: 'missing' | 'stale' | 'ready'
  version: string
  documents: number
  /** Whether nothing was done to it since this process last did something. */
  isUntouched: boolean
}

/** Where an index is built before it is put in place. */
export const asideOf = (uid: string): string => `${uid}-build`

/** The index of an installation on a server that others may use too. */
export class OwnIndex {
  readonly #connection: Connection
  readonly #settings: EngineSettings
  readonly #owner: string
  readonly #uid: string

  constructor(connection: Connection, settings: EngineSettings, owner: string, uid: string) {
    this.#connection = connection
    this.#settings = settings
    this.#owner = owner
    this.#uid = uid
  }

  /** Looks the server over; throws RemoteFault when it may not be used. */
  async inspect(): Promise<Inspection> {
    const version = await this.#connection.version()
    if (typeof version !== 'string') throw new RemoteFault('garbled')
    if (!isAtLeast(version, OLDEST_VERSION)) throw new RemoteFault('version', version)
    const isUntouched = await this.#connection.isUntouched(this.#uid)
    await this.#settle()
    const mark = await this.markOf(this.#uid)
    if (mark === undefined) return { state: 'missing', version, documents: 0, isUntouched }
    const state = mark.layout === layoutOf(this.#settings) ? 'ready' : 'stale'
    if (state === 'ready') await this.#setRight(mark)
    if (state === 'ready') await this.#dropLeftover()
    return { state, version, documents: await this.#connection.count(this.#uid), isUntouched }
  }

  /** Whose an index is; undefined when there is none, or one without a mark that holds nothing of others. Throws for another's. */
  async markOf(uid: string): Promise<Mark | undefined> {
    return (await this.#find(uid))?.mark
  }

  /** An index of ours, which may not be marked yet; undefined when there is none. */
  async #find(uid: string): Promise<{ mark: Mark | undefined } | undefined> {
    try {
      const mark = markOf(await this.#connection.settings(uid))
      if (mark?.owner === this.#owner) return { mark }
      if (mark || !(await this.#holdsOursAlone(uid))) throw new RemoteFault('foreign')
      return { mark: undefined }
    } catch (error) {
      if (faultOf(error).kind !== 'missing') throw error
      return undefined
    }
  }

  /** A change that comes after its index was deleted makes one without a mark: as good as none. */
  async #holdsOursAlone(uid: string): Promise<boolean> {
    for await (const { isStray, v } of this.#connection.held(uid)) if (isStray || !v) return false
    return true
  }

  /** Makes the index unless it is there. */
  async make(): Promise<void> {
    if (await this.markOf(this.#uid)) return
    const mark = newMark(this.#owner, this.#settings)
    await this.#connection.create(this.#uid, indexSettings(this.#settings, mark))
  }

  /** Tasks are carried out in their order: once this one is, so is all that a process before this one asked for. */
  async #settle(): Promise<void> {
    await this.#connection.remove(this.#uid, ['-'], 'firstline:fence').catch(error => {
      if (faultOf(error).code !== 'index_not_found') throw error
    })
  }

  /** Somebody may have changed its settings, so that it answers otherwise or not at all. */
  async #setRight(mark: Mark): Promise<void> {
    const actual = await this.#connection.settings(this.#uid)
    if (changedSettings(actual, this.#settings, mark).length > 0)
      await this.#connection.configure(this.#uid, indexSettings(this.#settings, mark))
  }

  /** What a build left behind that was broken off after its swap, or just when it had begun. */
  async #dropLeftover(): Promise<void> {
    const aside = asideOf(this.#uid)
    if (await this.#find(aside)) await this.#connection.drop(aside)
  }
}
