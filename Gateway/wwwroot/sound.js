// @ts-check
/** @type {AudioContext | undefined} */ let context;

/** Two soft tones. Browsers allow it once somebody has touched the page; before, it stays silent. */
export function chime() {
  if (!navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
  void context.resume();
  tone(context, 660, 0);
  tone(context, 880, 0.12);
}

/** @param {AudioContext} audio @param {number} frequency Hz @param {number} delay s */
function tone(audio, frequency, delay) {
  const [oscillator, volume] = [audio.createOscillator(), audio.createGain()];
  const begin = audio.currentTime + delay;
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(0.12, begin + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.25);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(begin);
  oscillator.stop(begin + 0.3);
}
