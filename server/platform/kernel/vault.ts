import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/**
 * Keeps personal data so that the database alone tells none of it (AES-256-GCM). `context` says where the sealed text
 * stands, such as "callback:7:phone": moved elsewhere it does not open.
 */
export interface Vault {
  seal: (text: string, context: string) => string
  /** Throws SealFault when the text was changed, stands elsewhere, or its key is not here. */
  open: (sealed: string, context: string) => string
}

/** A sealed text that does not open. Its message names the context and never what is sealed. */
export class SealFault extends Error {}

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'

/** The vault that seals with the first of `keys` (32 bytes each) and opens what any of them sealed. */
export function vaultWith(keys: readonly Uint8Array[]): Vault {
  const [current] = keys
  if (!current) throw new RangeError('a vault needs a key')
  const byId = new Map(keys.map(key => [keyId(key), key]))
  return {
    seal: (text, context) => `${keyId(current)}.${encrypt(current, text, context)}`,
    open(sealed, context) {
      const id = keyIdOf(sealed)
      const key = byId.get(id)
      if (!key) throw new SealFault(`the key ${id} of ${context} is not here`)
      return decrypt(key, sealed.slice(id.length + 1), context)
    },
  }
}

/** What a key is called: enough to tell keys apart, nothing to find one by. */
export const keyId = (key: Uint8Array): string =>
  createHash('sha256').update('firstline vault key\n').update(key).digest('hex').slice(0, 8)

/** Which key sealed a text. */
export const keyIdOf = (sealed: string): string => sealed.split('.', 1)[0] ?? ''

/** Nonce, cipher text and tag in base64url. Random nonces of 96 bits are good for 2³² texts a key (NIST SP 800-38D, 8.3). */
function encrypt(key: Uint8Array, text: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(context))
  const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(parts).toString('base64url')
}

function decrypt(key: Uint8Array, sealed: string, context: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES)
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    throw new SealFault(`${context} was changed, or stood elsewhere, since it was sealed`)
  }
}
