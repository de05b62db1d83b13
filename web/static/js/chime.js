// Knows the soft sound that calls people back: two notes, made here. Browsers allow it once the page was used.
// @ts-check

const PITCHES = [659, 880];
const SECONDS = 0.9;
/** @type {AudioContext | null} */ let sound = null;

/** Opens the sound with the first gesture: some browsers allow it only then, for as long as the page stays. */
export function tune() {
  for (const gesture of ["pointerup", "keydown"]) addEventListener(gesture, open, { once: true, capture: true });
}

/** Sounds, or keeps silent where the browser wants silence. */
export async function chime() {
  if (!sound && navigator.userActivation?.hasBeenActive) open();
  if (!sound) return;
  await sound.resume();
  const loudness = sound.createGain(), now = sound.currentTime;
  loudness.gain.setValueAtTime(0.08, now);
  loudness.gain.exponentialRampToValueAtTime(0.001, now + SECONDS);
  loudness.connect(sound.destination);
  PITCHES.forEach((pitch, at) => {
    const tone = /** @type {AudioContext} */ (sound).createOscillator();
    tone.frequency.value = pitch;
    tone.connect(loudness);
    tone.start(now + at * 0.18);
    tone.stop(now + SECONDS);
    if (at === PITCHES.length - 1) tone.addEventListener("ended", () => sound?.suspend());
  });
}

function open() {
  if (sound || !window.AudioContext) return;
  sound = new AudioContext();
  sound.suspend();
}
