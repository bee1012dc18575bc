import { randomUUID } from 'node:crypto'
import { registerHooks } from 'node:module'

/** The part of a binding that every kind has; the rest (`schedule`, `queueName`, …) is the trigger's own. */
export interface Binding {
  readonly type: string
  readonly direction: string
  readonly [property: string]: unknown
}

export interface Registration {
  readonly name: string
  readonly bindings: Readonly<Record<string, Binding>>
}

/** Data as the host sends it to the worker: one of these is set. */
export interface TypedData {
  readonly string?: string
  readonly json?: string
  readonly bytes?: Uint8Array
  readonly http?: HttpData
}

export interface HttpData {
  readonly method?: string
  readonly url?: string
  readonly statusCode?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: TypedData
}

export interface LogLine {
  readonly level: string
  readonly message: string
}

/** What the worker would tell the host about an invocation. */
export type Outcome = { readonly logs: readonly LogLine[] } & (
  | { readonly status: 'success'; readonly returnValue: TypedData | undefined }
  | { readonly status: 'failure'; readonly message: string; readonly stackTrace: string }
)

export interface FakeCore {
  /** By name. */
  registrations(): Registration[]
  /** A whole invocation, as the worker runs it: the library's own conversions around the handler. */
  run(name: string, data: TypedData): Promise<Outcome>
}

type Handler = (...args: unknown[]) => unknown

interface CoreContext {
  readonly invocationId: string
  readonly request: {
    readonly inputData: readonly { readonly name: string; readonly data: TypedData }[]
    readonly triggerMetadata: Readonly<Record<string, TypedData>>
  }
  readonly metadata: Registration
  log(level: string, category: string, message: string): void
}

interface InvocationModel {
  getArguments(): Promise<{ readonly context: unknown; readonly inputs: unknown[] }>
  invokeFunction(context: unknown, inputs: unknown[], handler: Handler): Promise<unknown>
  getResponse(context: unknown, result: unknown): Promise<{ readonly returnValue?: TypedData | null }>
}

interface ProgrammingModel {
  getInvocationModel(context: CoreContext): InvocationModel
}

const SPECIFIER = '@azure/functions-core'
const STAND_IN = 'data:text/javascript,functions-core'
const GLOBAL = 'waxseal.test.functions-core'

/**
 * Stands in for the part of the Functions host that a function app talks to. It is no package: the Node worker answers
 * `require('@azure/functions-core')`, and so does this. Install it before `@azure/functions` registers anything,
 * once per thread: the library asks a single time and remembers the answer, also when that was "none".
 */
export function installFakeCore(): FakeCore {
  const functions = new Map<string, { readonly metadata: Registration; readonly handler: Handler }>()
  let model: ProgrammingModel | undefined

  answerRequire({
    registerFunction(metadata: Registration, handler: Handler) {
      // The worker's own words; a second function of a name is an error there too.
      if (functions.has(metadata.name)) {
        throw new Error(`A function with name "${metadata.name}" has already been registered.`)
      }
      functions.set(metadata.name, { metadata, handler })
      return { dispose() {} }
    },
    setProgrammingModel(given: ProgrammingModel) {
      model = given
    },
    getProgrammingModel: () => model,
    registerHook: () => ({ dispose() {} }),
    log() {},
  })

  return {
    registrations: () =>
      [...functions.values()]
        .map(({ metadata }) => metadata)
        .sort((a, b) => a.name.localeCompare(b.name, 'en')),

    async run(name, data) {
      const found = functions.get(name)
      if (found === undefined || model === undefined) throw new Error(`No function ${name} is registered.`)
      const logs: LogLine[] = []
      try {
        const invocation = model.getInvocationModel(coreContext(found.metadata, data, logs))
        const { context, inputs } = await invocation.getArguments()
        const result = await invocation.invokeFunction(context, inputs, found.handler)
        const { returnValue } = await invocation.getResponse(context, result)
        return { status: 'success', returnValue: returnValue ?? undefined, logs }
      } catch (error) {
        if (!(error instanceof Error)) throw error
        return { status: 'failure', message: error.message, stackTrace: error.stack ?? '', logs }
      }
    },
  }
}

function coreContext(metadata: Registration, data: TypedData, logs: LogLine[]): CoreContext {
  const trigger = Object.entries(metadata.bindings).find(([, { type }]) => type.endsWith('Trigger'))
  if (trigger === undefined) throw new Error(`Function ${metadata.name} has no trigger.`)
  return {
    invocationId: randomUUID(),
    request: { inputData: [{ name: trigger[0], data }], triggerMetadata: {} },
    metadata,
    log: (level, _category, message) => void logs.push({ level, message }),
  }
}

/** The hooks work on source text, so the object itself travels by a global. */
function answerRequire(core: object): void {
  Reflect.set(globalThis, Symbol.for(GLOBAL), core)
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === SPECIFIER
        ? { url: STAND_IN, format: 'commonjs', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) =>
      url === STAND_IN
        ? {
            format: 'commonjs',
            source: `module.exports = globalThis[Symbol.for('${GLOBAL}')]`,
            shortCircuit: true,
          }
        : next(url, context),
  })
}
