import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** A certificate and its key, in PEM. */
export interface Certificate {
  cert: string
  key: string
}

/** A certificate authority made up now, and a certificate of it for this machine by its address. */
export function makeCertificates(): { authority: Certificate; server: Certificate } {
  const [ours, theirs] = [pair(), pair()]
  const authority = issue(1, 'Firstline test authority', ours.publicKey, ours.privateKey, [
    extension(BASIC_CONSTRAINTS, sequence(boolean(true))),
  ])
  const server = issue(2, '127.0.0.1', theirs.publicKey, ours.privateKey, [
    extension(ALTERNATIVE_NAMES, sequence(node(0x87, Buffer.from([127, 0, 0, 1])))),
  ])
  return {
    authority: { cert: authority, key: pem(ours.privateKey) },
    server: { cert: server, key: pem(theirs.privateKey) },
  }
}

const pair = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const pem = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }))

/** Object identifiers as they are encoded: ecdsa-with-SHA256, commonName, basicConstraints, subjectAltName. */
const ECDSA_SHA256 = '06082a8648ce3d040302'
const COMMON_NAME = '0603550403'
const BASIC_CONSTRAINTS = '0603551d13'
const ALTERNATIVE_NAMES = '0603551d11'

const ISSUER = 'Firstline test authority'

/** An X.509 certificate (RFC 5280), valid from 2020 to 2049, in PEM. */
function issue(
  serial: number,
  name: string,
  of: KeyObject,
  by: KeyObject,
  extensions: readonly Buffer[],
): string {
  const algorithm = sequence(hex(ECDSA_SHA256))
  const toSign = sequence(
    node(0xa0, node(0x02, Buffer.from([2]))), // version 3
    node(0x02, Buffer.from([serial])),
    algorithm,
    nameOf(ISSUER),
    sequence(time('200101000000Z'), time('491231235959Z')),
    nameOf(name),
    of.export({ type: 'spki', format: 'der' }),
    node(0xa3, sequence(...extensions)),
  )
  const signature = node(0x03, Buffer.from([0]), sign('sha256', toSign, by))
  const body = sequence(toSign, algorithm, signature).toString('base64').replace(/.{64}/gu, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${body.trim()}\n-----END CERTIFICATE-----\n`
}

const nameOf = (name: string): Buffer =>
  sequence(node(0x31, sequence(hex(COMMON_NAME), node(0x0c, Buffer.from(name)))))
const extension = (id: string, value: Buffer): Buffer => sequence(hex(id), boolean(true), node(0x04, value))
const time = (text: string): Buffer => node(0x17, Buffer.from(text))
const boolean = (is: boolean): Buffer => node(0x01, Buffer.from([is ? 255 : 0]))
const sequence = (...parts: Buffer[]): Buffer => node(0x30, ...parts)
const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** One node of DER: tag, length, content. */
function node(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), content])
}
