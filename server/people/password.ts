import { hash, verify } from '@node-rs/argon2'

/** argon2id with the parameters OWASP's Password Storage Cheat Sheet recommends (19 MiB, 2 passes, 1 lane). */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS)

let decoy: Promise<string> | undefined

/** Whether `password` belongs to `stored`; takes as long when there is nothing to compare with. */
export async function passwordFits(password: string, stored: string | null | undefined): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  const fits = await verify(stored ?? (await decoy), password)
  return fits && stored != null
}
