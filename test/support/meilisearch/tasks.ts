import type { StubCode } from './errors.ts'
import { StubError } from './errors.ts'

export interface Task {
  uid: number
  batchUid: number | null
  indexUid: string | null
  status: 'enqueued' | 'processing' | 'succeeded' | 'failed'
  type: string
  canceledBy: null
  details: Record<string, unknown>
  error: StubError['body'] | null
  duration: string | null
  enqueuedAt: string
  startedAt?: string
  finishedAt?: string
  customMetadata: string | null
}

type Work = () => Record<string, unknown>
const DOCUMENTS = ['documentAdditionOrUpdate', 'documentDeletion']

/** The queue of an instance: first in, first out; document tasks of one index in a row make a batch, each with its own fault. */
export class TaskQueue {
  readonly tasks: Task[] = []
  /** Milliseconds until the next batch is begun. */
  delay = 0
  /** Says with which code a task is to fail; it changes nothing then. */
  failing: (task: Task) => StubCode | undefined = () => undefined
  readonly #work = new Map<number, Work>()
  #timer: NodeJS.Timeout | undefined
  #batches = 0
  #isStopped = false

  add(type: string, indexUid: string | null, customMetadata: string | null, work: Work): Task {
    const task: Task = {
      uid: this.tasks.length,
      batchUid: null,
      indexUid,
      status: 'enqueued',
      type,
      canceledBy: null,
      details: {},
      error: null,
      duration: null,
      enqueuedAt: new Date().toISOString(),
      customMetadata,
    }
    this.tasks.push(task)
    this.#work.set(task.uid, work)
    this.#plan()
    return task
  }

  /** As a process that is killed: what is under way is begun again when it comes back. */
  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const task of this.tasks) if (task.status === 'processing') task.status = 'enqueued'
  }

  start(): void {
    this.#isStopped = false
    this.#plan()
  }

  #plan(): void {
    if (this.#timer || this.#isStopped || !this.tasks.some(task => task.status === 'enqueued')) return
    const batch = this.#nextBatch()
    for (const task of batch) task.status = 'processing'
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#batches += 1
      for (const task of batch) this.#carryOut(task)
      this.#plan()
    }, this.delay)
  }

  #nextBatch(): Task[] {
    const waiting = this.tasks.filter(task => task.status === 'enqueued')
    const [first] = waiting
    const isLike = (task: Task) => DOCUMENTS.includes(task.type) && task.indexUid === first!.indexUid
    const end = isLike(first!) ? waiting.findIndex(task => !isLike(task)) : 1
    return waiting.slice(0, end < 0 ? undefined : end)
  }

  #carryOut(task: Task): void {
    task.batchUid = this.#batches
    task.startedAt = new Date().toISOString()
    try {
      const code = this.failing(task)
      if (code) throw new StubError(code)
      task.details = this.#work.get(task.uid)!()
      task.status = 'succeeded'
    } catch (error) {
      if (!(error instanceof StubError)) throw error
      task.error = error.body
      task.status = 'failed'
    }
    this.#work.delete(task.uid)
    task.finishedAt = new Date().toISOString()
    task.duration = 'PT0.001S'
  }
}
