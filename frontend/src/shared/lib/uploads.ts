/** Told to the frame when there is something to upload, so that it brings the tray; it loads nothing of it before. */
export const UPLOADS_GO_ON = 'hanse-uploads';
const KEPT = 'hanse-uploads';

export const uploadsAreKept = () => localStorage.getItem(KEPT) !== null;
export const noteUploads = (some: boolean) => (some ? localStorage.setItem(KEPT, '1') : localStorage.removeItem(KEPT));
