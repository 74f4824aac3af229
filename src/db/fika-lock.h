#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The lock on fika.lock beside the database: held around every open, write, checkpoint and close,
 * so that two programs never write or checkpoint at the same instant. (SQLite before 3.51.3 has a
 * race there that can lose a commit.) Part of this room only.
 */
typedef struct _FikaLock FikaLock;

FikaLock *fika_lock_new (const char *path, GError **error);
void fika_lock_free (FikaLock *self);
gboolean fika_lock_take (FikaLock *self, GError **error);
void fika_lock_drop (FikaLock *self);
gboolean fika_lock_is_held (FikaLock *self);

/* How long to wait for it: 5,000 ms unless a test says otherwise. */
void fika_lock_set_patience (guint milliseconds);
guint fika_lock_get_patience (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaLock, fika_lock_free)

G_END_DECLS
