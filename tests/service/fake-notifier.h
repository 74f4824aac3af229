#pragma once

#include "service/fika-notifier.h"

G_BEGIN_DECLS

/**
 * FakeNotifier:
 *
 * A notification server that the test is in full command of.
 */
#define FAKE_TYPE_NOTIFIER (fake_notifier_get_type ())
G_DECLARE_FINAL_TYPE (FakeNotifier, fake_notifier, FAKE, NOTIFIER, GObject)

typedef struct
{
  guint number;
  FikaNotification *notification;
  gboolean on_screen;
} FakeShown;

FakeNotifier *fake_notifier_new (const char *server);

/* The server: another one (NULL = none), whether one could be started, whether it is stuck. */
void fake_notifier_set_server (FakeNotifier *self, const char *server, gboolean reachable);
void fake_notifier_set_stuck (FakeNotifier *self, gboolean stuck);
/* The next answers are this error (0 = none: shown). */
void fake_notifier_set_failing (FakeNotifier *self, int code);
/* Whoever shows one with this in its title dies of it at once. */
void fake_notifier_set_fatal (FakeNotifier *self, const char *title);
/* The server ends, without another, whenever it is asked to show something. */
void fake_notifier_set_ending (FakeNotifier *self, gboolean ending);
/* Answers are kept back until they are let go. */
void fake_notifier_hold (FakeNotifier *self, gboolean hold);
/* Numbers are given again from 1, lowest free first. */
void fake_notifier_set_reuse (FakeNotifier *self, gboolean reuse);

/* Every call of show, in order. */
guint fake_notifier_n_shown (FakeNotifier *self);
FakeShown *fake_notifier_get (FakeNotifier *self, guint index);
FakeShown *fake_notifier_last (FakeNotifier *self);
guint fake_notifier_n_on_screen (FakeNotifier *self);

const char *fake_notifier_find_key (FakeShown *shown, const char *verb);
/* As a person: the button `verb` ("log", "default"), then it closes. */
void fake_notifier_press (FakeNotifier *self, FakeShown *shown, const char *verb);
void fake_notifier_close_with (FakeNotifier *self, FakeShown *shown, guint reason);

G_END_DECLS
