import { join } from 'node:path'
import { type App, makeApp } from '../core/app.ts'
import { readConfiguration } from '../core/configuration.ts'
import { ConfigError } from '../core/model/errors.ts'
import { type RunSignal, runSignal } from '../core/net/deadline.ts'

/** One per process: connections and tokens are worth keeping between invocations. */
let app: App | undefined

/** The folder of the deployed app, above this file whether it is bundled or not: a host may start us elsewhere. */
const FOLDER = join(import.meta.dirname, '..')

/**
 * The pipeline, made at the first invocation. Never at load: an entry point that throws is reported to the host as
 * success with no functions at all, and only standard error tells.
 */
export function theApp(): App {
  app ??= assemble()
  return app
}

function assemble(): App {
  try {
    const { settings, config } = readConfiguration(process.env, [process.cwd(), FOLDER], Date.now() / 1000)
    return makeApp(settings, {
      config,
      now: Date.now,
      random: Math.random,
      log: console,
      environment: process.env,
    })
  } catch (error) {
    // The host logs the stack of every failed invocation: lines of our code would bury the names of the settings.
    if (error instanceof ConfigError) error.stack = `${error.name}: ${error.message}`
    throw error
  }
}

/** A run that ends in good order before the host ends it. */
export function minutes(count: number): RunSignal {
  return runSignal(Date.now() + count * 60_000, Date.now())
}
