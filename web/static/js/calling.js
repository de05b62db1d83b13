// Calls people back when a step begins while they look elsewhere: a mark in the tab's title, a soft sound, a vibration.
// @ts-check
import { on } from "./events.js";

const MARK = "● ";

/** Each way can be switched off by an `input[data-call]`: title, sound, vibration. */
export function start() {
  const wanted = (/** @type {string} */ way) => {
    try {
      return localStorage.getItem(`flipchart:call:${way}`) !== "off";
    } catch {
      return true;
    }
  };
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-call]"))) {
    const way = box.dataset.call ?? "";
    box.checked = wanted(way);
    box.addEventListener("change", () => localStorage.setItem(`flipchart:call:${way}`, box.checked ? "on" : "off"));
  }
  on("stepped", () => {
    if (!document.hidden && document.hasFocus()) return;
    if (wanted("title") && !document.title.startsWith(MARK)) document.title = MARK + document.title;
    if (wanted("vibration")) navigator.vibrate?.(200);
    if (wanted("sound") && navigator.userActivation?.hasBeenActive !== false) chime();
  });
  const seen = () => { if (!document.hidden && document.title.startsWith(MARK)) document.title = document.title.slice(MARK.length); };
  document.addEventListener("visibilitychange", seen);
  addEventListener("focus", seen);
}

/** Two soft notes. Browsers keep silent until the page was used; then there is no sound, and that is fine. */
function chime() {
  const sound = new AudioContext(), loudness = sound.createGain();
  loudness.gain.setValueAtTime(0.08, sound.currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.9);
  loudness.connect(sound.destination);
  [659, 880].forEach((pitch, at) => {
    const tone = sound.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(loudness);
    tone.start(sound.currentTime + at * 0.18);
    tone.stop(sound.currentTime + 0.9);
  });
  setTimeout(() => sound.close(), 1_500);
}
