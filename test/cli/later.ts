/** Loaded before a child's program: moves its clock, so that a test need not wait for what has to pass. */
const shift = Number(process.env.TEST_LATER_MS)

globalThis.Date = new Proxy(Date, {
  construct: (target, args, self) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + shift] : args, self),
  get: (target, name) => (name === 'now' ? () => target.now() + shift : Reflect.get(target, name)),
})
