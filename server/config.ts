import { join, resolve } from 'node:path'
import { readFileSync } from 'node:fs'
import { parseKeys } from './platform/kernel/vault-keys.ts'

export interface Config {
  host: string
  port: number
  dataDir: string
  /** What DEMO asks for; whether personas are really offered is decided by people/demo.ts. */
  demo: 'on' | 'off' | 'default'
  logLevel: string
  /** The mail server and the address mail comes from; absent: no mail is sent. */
  mail?: { url: string; from: string }
  /** Keys of the vault, the one that seals first; absent: they are in a file of dataDir. */
  vaultKeys?: readonly Buffer[]
  /** The Meilisearch server that answers searches, and the key for it; absent: the engine in the process does. */
  meili?: { url: string; key: string | undefined }
  version: string
}

/** Every variable that is read; README documents each, a test holds them together. */
export const CONFIG_KEYS = [
  'HOST',
  'PORT',
  'DATA_DIR',
  'DEMO',
  'LOG_LEVEL',
  'SMTP_URL',
  'MAIL_FROM',
  'VAULT_KEY',
  'MEILI_URL',
  'MEILI_KEY',
] as const

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** A setting that cannot be used. Its message is one line for the person who starts the service. */
export class ConfigFault extends Error {}

/** Reads the configuration from `env`; the only reader of process.env. Throws ConfigFault naming the variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  return {
    host: env.HOST || '127.0.0.1',
    port: readPort(env.PORT),
    dataDir: resolve(env.DATA_DIR || 'data'),
    demo: readDemo(env.DEMO, env.HOST || '127.0.0.1'),
    logLevel: readLogLevel(env.LOG_LEVEL),
    mail: readMail(env.SMTP_URL, env.MAIL_FROM),
    vaultKeys: readVaultKeys(env.VAULT_KEY),
    meili: readMeili(env.MEILI_URL, env.MEILI_KEY),
    version: packageVersion(),
  }
}

/** Whether `host` can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/u.test(host)
}

export const databasePath = (config: Config): string => join(config.dataDir, 'firstline.db')

function readPort(value: string | undefined): number {
  if (!value) return 3000
  const port = Number(value)
  if (!/^\d+$/u.test(value) || port > 65_535) throw new ConfigFault(`PORT must be 0 to 65535, not "${value}"`)
  return port
}

function readDemo(value: string | undefined, host: string): Config['demo'] {
  if (!value) return 'default'
  if (['0', 'off', 'false', 'no'].includes(value)) return 'off'
  if (!['1', 'on', 'true', 'yes'].includes(value))
    throw new ConfigFault(`DEMO must be on or off, not "${value}"`)
  if (!isLoopback(host))
    throw new ConfigFault(`DEMO=on is refused while HOST is ${host}: personas need no password`)
  return 'on'
}

function readLogLevel(value: string | undefined): string {
  if (!value) return 'info'
  if (!LOG_LEVELS.includes(value))
    throw new ConfigFault(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${value}"`)
  return value
}

function readMail(url: string | undefined, from: string | undefined): Config['mail'] {
  if (!url) return undefined
  if (!URL.canParse(url) || !/^smtps?:\/\/./u.test(url))
    throw new ConfigFault('SMTP_URL must be like smtp://user:password@mail.example.com:587')
  if (!from || !isMailAddress(from))
    throw new ConfigFault(`MAIL_FROM must be the address mail comes from, not "${from ?? ''}"`)
  return { url, from }
}

/** A key is never said again, also not a wrong one. */
function readVaultKeys(value: string | undefined): Config['vaultKeys'] {
  if (!value) return undefined
  const keys = parseKeys(value)
  if (!keys) throw new ConfigFault('VAULT_KEY must be 32 bytes in base64; several keys stand apart by commas')
  return keys
}

/** The key goes over the line with every request: beyond this machine only with TLS. */
function readMeili(url: string | undefined, key: string | undefined): Config['meili'] {
  if (!url) return undefined
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/u.test(parsed.protocol) || parsed.username || parsed.password)
    throw new ConfigFault('MEILI_URL must be like https://search.example.com:7700, without a key in it')
  if (parsed.protocol === 'http:' && !isLoopback(parsed.hostname.replace(/^\[|\]$/gu, '')))
    throw new ConfigFault('MEILI_URL must begin with https:// unless the server is on this machine')
  if (key !== undefined && !/^[\x21-\x7e]*$/u.test(key))
    throw new ConfigFault('MEILI_KEY may hold no blanks and no other than ASCII letters')
  return { url, key: key || undefined }
}

/** Whether a text is one plain mail address, such as wang.lei@example.com. */
export const isMailAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/u.test(text)

function packageVersion(): string {
  const file = new URL('../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
