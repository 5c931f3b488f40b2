// Captions in one of several languages: a list of them, which knows what any other control has switched on.

/** Keep `choice`, a select of languages, and the captions tracks of `video` alike; the chosen language is remembered. */
export function chooseCaptions(video, choice) {
  const tracks = () => [...video.textTracks].filter((track) => track.kind === "captions");

  const show = (language) => {
    for (const track of tracks()) track.mode = track.language === language ? "showing" : "disabled";
  };

  choice.addEventListener("change", () => {
    show(choice.value);
    try {
      localStorage.setItem("captions", choice.value);
    } catch { /* storage may be refused: the choice lasts for this page */ }
  });
  // The player's own letters must not act while a language is being looked for.
  choice.addEventListener("keydown", (event) => event.stopPropagation());
  video.textTracks.addEventListener("change", () => {
    choice.value = tracks().find((track) => track.mode === "showing")?.language ?? "";
  });

  let remembered = null;
  try {
    remembered = localStorage.getItem("captions");
  } catch { /* as above */ }
  if (remembered) show(remembered);
}
