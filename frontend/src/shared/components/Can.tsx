import type { ReactNode } from 'react';

/** An object as the API answers it: with the permissions that the reader holds on it. */
export interface Permitted {
  can?: readonly string[];
  /** Acts that its state allows now; absent when it has no such states. */
  acts?: readonly string[];
}

/** Whether to draw a button: the reader may (`can`), and the state allows it (`acts`). Unknown means no. */
export const can = (on: Permitted | null | undefined, permission: string, act?: string): boolean =>
  Boolean(on?.can?.includes(permission)) && (act === undefined || Boolean(on?.acts?.includes(act)));

interface Props {
  /** A permission, such as `jobs.cancel`. */
  do: string;
  on: Permitted | null | undefined;
  act?: string;
  children: ReactNode;
}

/** What the reader may not do is not drawn. */
export const Can = ({ do: permission, on, act, children }: Props) => (can(on, permission, act) ? children : null);
