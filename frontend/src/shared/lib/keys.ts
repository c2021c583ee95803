/** A random key of 128 bits. Not `crypto.randomUUID`, which browsers withhold from plain-HTTP origins. */
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
