// The providers and their operations, as the sandbox lists them.

let providers = [];
let operations = [];

/** Takes the answer of `GET /__sandbox/operations`. */
export function set(answer) {
  providers = answer.providers;
  operations = answer.operations;
}

/** All providers: `provider` (its slug), `name`, `base_path` and `api`, the name of its spec. */
export const all = () => providers;

const find = (slug) => providers.find(({ provider }) => provider === slug);

export const name = (slug) => find(slug)?.name ?? String(slug);
export const basePath = (slug) => find(slug)?.base_path ?? '';

/** The data attributes of an element that has the provider's colour. */
export const data = (slug) => ({ provider: slug, hue: providers.findIndex(({ provider }) => provider === slug) + 1 });

/** The ids of a provider's operations; of all providers if `slug` is empty. */
export function operationsOf(slug) {
  const found = operations.filter(({ provider }) => !slug || provider === slug);
  return [...new Set(found.map(({ operation }) => operation))];
}
