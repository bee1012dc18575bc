import { FeedError } from '../model/errors.ts'
import { signInError } from './sign-in.ts'

/** Bearer tokens for one scope. Both methods may be called in parallel. */
export interface TokenSource {
  /** A token that is still good for a while. Throws FeedError. */
  token(signal: AbortSignal): Promise<string>
  /**
   * The server refused the token. The next call fetches another one. `rejected`: which one, so that of several calls
   * refused together only the first throws the token away and not the fresh one of the second.
   */
  forget(rejected?: string): void
}

/** The part of `TokenCredential` (`@azure/core-auth`) that is needed; times in epoch ms. */
export interface Credential {
  getToken(
    scope: string,
    options?: { abortSignal?: AbortSignal },
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>
}

export interface TokenDeps {
  /**
   * Makes a credential. Called again after `forget()`: the credentials of `@azure/identity` keep their tokens until shortly
   * before expiry and cannot be told to drop one, so only a new object asks the server again.
   * (Managed identities are cached outside the process for up to a day, whatever we do.)
   */
  readonly credential: () => Credential
  /** `https://manage.office.com/.default` */
  readonly scope: string
  readonly now: () => number
  readonly timeoutMs?: number
}

interface Held {
  readonly token: string
  readonly expires: number
  renewAt: number
}

const RENEW_AT = 0.8
/** Between attempts to renew a token that is still good. */
const RENEW_AGAIN_MS = 60_000
/** A token is not used in its last moments: the request has to arrive, and clocks differ. */
const LAST_MOMENTS_MS = 30_000

export function makeTokenSource({ credential, scope, now, timeoutMs = 30_000 }: TokenDeps): TokenSource {
  let source: Credential | undefined
  let held: Held | undefined
  let flight: Promise<Held> | undefined

  async function obtain(): Promise<Held> {
    let fresh: Awaited<ReturnType<Credential['getToken']>>
    try {
      source ??= credential()
      const late = AbortSignal.timeout(timeoutMs)
      // Not every credential heeds its signal, and everybody waits for this flight.
      fresh = await orAbort(
        source.getToken(scope, { abortSignal: late }),
        late,
        'The sign-in service did not answer in time.',
      )
    } catch (cause) {
      throw cause instanceof FeedError ? cause : signInError(cause)
    }
    if (!fresh)
      throw new FeedError('unauthorized', 'Signing in gave no token; check the credential settings.')
    const at = now()
    const { token, expiresOnTimestamp: expires } = fresh
    return { token, expires, renewAt: at + (expires - at) * RENEW_AT }
  }

  function fly(): Promise<Held> {
    const mine: Promise<Held> = obtain()
      .then(fresh => {
        // A flight that took off before `forget()` brings the old token.
        if (flight === mine) held = fresh
        return fresh
      })
      .finally(() => {
        if (flight === mine) flight = undefined
      })
    flight = mine
    return mine
  }

  return {
    async token(signal) {
      if (held && now() < held.renewAt) return held.token
      const last = held
      try {
        return (await orAbort(flight ?? fly(), signal, 'The run ended before the sign-in service answered.'))
          .token
      } catch (error) {
        if (!last || last !== held || signal.aborted || now() >= last.expires - LAST_MOMENTS_MS) throw error
        last.renewAt = now() + RENEW_AGAIN_MS
        return last.token
      }
    },

    forget(rejected) {
      if (rejected !== undefined && held?.token !== rejected) return
      source = undefined
      held = undefined
      flight = undefined
    },
  }
}

/** One caller's abort must not end the flight that others wait for. */
async function orAbort<T>(promise: Promise<T>, signal: AbortSignal, why: string): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = () => reject(new FeedError('unavailable', why))
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
