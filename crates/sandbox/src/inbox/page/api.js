// Calls of the sandbox's control routes.

const BASE = '/__sandbox/';

/** An error of the sandbox or the network, with a message to show. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function ask(method, path, body) {
  const options = { method, cache: 'no-store' };
  if (body !== undefined) {
    options.headers = { 'content-type': 'application/json' };
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(BASE + path, options);
  } catch {
    throw new ApiError('The sandbox cannot be reached.', 0);
  }
  const text = await answer.text();
  let value = null;
  try {
    value = text ? JSON.parse(text) : {};
  } catch {
    // Not JSON. The error below reports the status.
  }
  if (!answer.ok) throw new ApiError(value?.error ?? `The sandbox answered HTTP ${answer.status}.`, answer.status);
  if (value === null) throw new ApiError('The sandbox answered with something other than JSON.', answer.status);
  return value;
}

export const get = (path) => ask('GET', path);
export const post = (path, body) => ask('POST', path, body);
export const remove = (path) => ask('DELETE', path);
export const mediaUrl = (delivery) => `${BASE}media/${encodeURIComponent(delivery)}`;
export const eventsUrl = `${BASE}events`;
