import { Alert } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  name: string | number;
  /** With whom. */
  number: number | null;
  partner?: string;
  state: ReactNode;
  text: string;
  action: ReactNode;
}

/** Something that waits for us, and where to decide about it. */
export function Waits({ name, number, partner = '', state, text, action }: Props) {
  const title = (
    <>
      <strong>{name}</strong> {number} {partner} {state}
    </>
  );
  return <Alert type="warning" showIcon title={title} description={text} action={action} />;
}
