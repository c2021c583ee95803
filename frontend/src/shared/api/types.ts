import type { components } from './schema';

/** A document of the API, by its name in the API's description: `Of<'TenantForReader'>`. */
export type Of<Name extends keyof components['schemas']> = components['schemas'][Name];
