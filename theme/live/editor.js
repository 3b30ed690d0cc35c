// The editor of a live cell: CodeMirror with what a short Python cell needs and no more. It is a
// file of its own, loaded when the first live cell comes near.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  LanguageSupport, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

/** Mark a line, counted from 1; the mark goes with the next change. */
/** @type {import("@codemirror/state").StateEffectType<number | null>} */
const markLine = StateEffect.define();

const markedLine = StateField.define({
  create: () => Decoration.none,
  update(marks, { docChanged, effects, state }) {
    for (const effect of effects) {
      if (!effect.is(markLine)) continue;
      if (!effect.value || effect.value > state.doc.lines) return Decoration.none;
      const line = Decoration.line({ class: "live-marked" });
      return Decoration.set([line.range(state.doc.line(effect.value).from)]);
    }
    return docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** AltGr is Ctrl+Alt: on a Spanish keyboard this shortcut of the editor is a backslash. */
const shortcuts = defaultKeymap.filter(({ key }) => key !== "Mod-Alt-\\");

/**
 * Who comes by Tab goes on by Tab, until something is written: no blank slips into a cell, and
 * nobody is caught. Escape gives Tab back to the page as well; a click or a letter takes it.
 */
const leaving = () => {
  let pressed = false;
  return [
    Prec.high(keymap.of([{ key: "Escape", run: (view) => (view.setTabFocusMode(true), false) }])),
    // At the event itself: the editor reports a change of focus later, perhaps after an Escape.
    EditorView.domEventHandlers({
      mousedown: (_event, view) => {
        pressed = true;
        view.setTabFocusMode(false);
      },
      focus: (_event, view) => view.setTabFocusMode(!pressed),
      blur: () => void (pressed = false),
    }),
    EditorView.updateListener.of(({ docChanged, view }) => docChanged && view.setTabFocusMode(false)),
  ];
};

/**
 * Put an editor into an element. It does not take the focus.
 * @param {HTMLElement} parent
 * @param {{text: string, label: string, onChange: (text: string) => void, onRun: () => void}} options
 */
export function edit(parent, { text, label, onChange, onRun }) {
  const run = () => (onRun(), true);
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        indentUnit.of("    "),
        new LanguageSupport(pythonLanguage),
        syntaxHighlighting(classHighlighter),
        EditorView.lineWrapping,
        markedLine,
        leaving(),
        Prec.high(keymap.of([{ key: "Shift-Enter", run }, { key: "Mod-Enter", run }])),
        keymap.of([...shortcuts, ...historyKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of(({ docChanged, state }) => docChanged && onChange(state.doc.toString())),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    replace: (/** @type {string} */ next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    mark: (/** @type {number | null} */ line) => view.dispatch({ effects: markLine.of(line) }),
  };
}
