import { loadUploadTray } from '@features/buckets';
import { UPLOADS_GO_ON, uploadsAreKept } from '@shared/lib/uploads';
import { lazy, Suspense, useEffect, useState } from 'react';

const UploadTray = lazy(() => loadUploadTray().then(({ UploadTray: tray }) => ({ default: tray })));

/** Uploads go on whatever page is shown, and after a reload; what they need is loaded once there are some. */
export function Uploads() {
  const [some, setSome] = useState(uploadsAreKept);
  useEffect(() => {
    const show = () => setSome(true);
    window.addEventListener(UPLOADS_GO_ON, show);
    return () => window.removeEventListener(UPLOADS_GO_ON, show);
  }, []);
  return some ? (
    <Suspense>
      <UploadTray />
    </Suspense>
  ) : null;
}
