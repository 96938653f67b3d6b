import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `work` while no other process of this machine does so for the same `root`, and returns its result.
 * The lock is a file outside `root`, because installing may replace node_modules; a dead holder's lock is broken.
 * @template T
 * @param {string} root the project folder
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(root, work) {
  const file = lockFile(root)
  let told = false
  while (!take(file)) {
    if (!told) console.log('another start is installing, waiting for it')
    told = true
    await sleep(300)
  }
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/** @param {string} root */
function lockFile(root) {
  return join(tmpdir(), `firstline-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`)
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    breakIfDead(file)
    return false
  }
}

/** @param {string} file */
function breakIfDead(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (!pid || isAlive(pid)) return
    // Renamed first: of two waiters only one gets the dead lock, and neither removes a live one.
    const dead = `${file}.${process.pid}`
    renameSync(file, dead)
    rmSync(dead, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
