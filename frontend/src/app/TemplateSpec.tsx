import { SpecField } from '@features/jobs/editor/SpecField';
import { textOf } from '@features/jobs/model/document';
import type { SpecFieldProps } from '@features/templates/panels';
import { useState } from 'react';

/** The jobs' editor as templates use it. Loaded with it, for YAML is large. */
export function TemplateSpec({ start, ...rest }: SpecFieldProps) {
  const [text, setText] = useState(() => textOf(start));
  return <SpecField {...rest} text={text} onText={setText} />;
}
