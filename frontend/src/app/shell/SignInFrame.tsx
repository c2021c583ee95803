import type { ReactNode } from 'react';
import { LanguageButton } from './LanguageButton';
import { LogoMark } from './Logo';

/** The frame of what strangers see. */
export function SignInFrame({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div className="sign-in">
      <main id="content" tabIndex={-1}>
        <div className="sign-in-head">
          <LogoMark size={40} />
          <h1>{heading}</h1>
        </div>
        {children}
        <p className="sign-in-foot">
          <LanguageButton />
        </p>
      </main>
    </div>
  );
}
