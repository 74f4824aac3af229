#include "config.h"

#include "db/fika-db.h"
#include "db/fika-log.h"

#include "fika-fault-vfs.h"
#include "fika-test.h"

#include <glib/gstdio.h>

/*
 * Reliability, rows 1 and 2: the power goes at any moment. All that SQLite tells the disk is
 * recorded; then states are made that a disk may be in afterwards: up to some moment everything
 * that was synced, and of what was not any part: writes whole, torn or lost, files that were
 * created or deleted or not yet. (POSIX at its worst; ext4 and btrfs promise more.) Opened anew,
 * what was acknowledged before that moment is there, and all is whole.
 */

typedef struct
{
  FikaDiskOp op;
  guint inode;
  int64_t offset;
  GBytes *data;
} DiskEvent;

/* A name that came to stand for a file, or for none. */
typedef struct
{
  const char *name; /* interned */
  guint inode;      /* 0 = none */
} DirChange;

typedef struct
{
  guint event;
  int64_t person;
  gboolean acknowledged;
} Mark;

typedef struct
{
  GByteArray *synced;
  GArray *waiting; /* of indexes of events */
} Inode;

static GArray *events;
static GArray *event_names; /* DirChange beside each event: of creations and deletions */
static GArray *marks;
static GHashTable *current; /* name -> inode */
static guint n_inodes;

static void
clear_event_cb (gpointer data)
{
  g_clear_pointer (&((DiskEvent *) data)->data, g_bytes_unref);
}

static void
push (FikaDiskOp op, const char *name, guint inode, int64_t offset, const void *data, int size)
{
  DiskEvent event = {
    .op = op,
    .inode = inode,
    .offset = offset,
    .data = data != NULL ? g_bytes_new (data, (gsize) size) : NULL,
  };
  DirChange change = { .name = name, .inode = op == FIKA_DISK_DELETE ? 0 : inode };

  g_array_append_val (events, event);
  g_array_append_val (event_names, change);
}

static void
record_cb (FikaDiskOp op, const char *path, int64_t offset, const void *data, int size)
{
  g_autofree char *base = g_path_get_basename (path);
  const char *name = g_intern_string (base);
  guint inode = GPOINTER_TO_UINT (g_hash_table_lookup (current, name));

  if (op == FIKA_DISK_DELETE)
    g_hash_table_remove (current, name);
  else if (op != FIKA_DISK_SYNC_FOLDER && (inode == 0 || op == FIKA_DISK_CREATE))
    {
      /* The database itself is made by Fika, not SQLite, so it is first heard of here. */
      inode = ++n_inodes;
      g_hash_table_insert (current, (char *) name, GUINT_TO_POINTER (inode));
      push (FIKA_DISK_CREATE, name, inode, 0, NULL, 0);
      if (op == FIKA_DISK_CREATE)
        return;
    }
  push (op, name, inode, offset, data, size);
}

static void
mark (int64_t person, gboolean acknowledged)
{
  Mark new_mark = { .event = events->len, .person = person, .acknowledged = acknowledged };

  g_array_append_val (marks, new_mark);
}

static void
add_person (FikaDb *db, int64_t n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO person (id, uid, name, folded, created) VALUES (%" G_GINT64_FORMAT
      ", hex (randomblob (16)), 'A', 'a', 0);"
      "INSERT INTO tie (person, tie) VALUES (%" G_GINT64_FORMAT ", 'friend');"
      "INSERT INTO tie (person, tie) VALUES (%" G_GINT64_FORMAT ", 'mentor');",
      n, n, n);

  mark (n, FALSE);
  g_assert_true (fika_log_begin (db, "Add", "window", 1, &error));
  g_assert_true (fika_db_exec (db, sql, &error));
  g_assert_true (fika_log_commit (db, &error));
  g_assert_no_error (error);
  mark (n, TRUE);
}

/* From no file at all: made, written, closed (which empties the log), opened and written again. */
static void
record_life (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  int64_t n = 0;

  events = g_array_new (FALSE, FALSE, sizeof (DiskEvent));
  g_array_set_clear_func (events, clear_event_cb);
  event_names = g_array_new (FALSE, FALSE, sizeof (DirChange));
  marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  current = g_hash_table_new (g_str_hash, g_str_equal);
  n_inodes = 0;

  fika_fault_vfs_set_recorder (record_cb);
  for (int life = 0; life < 4; life++)
    {
      FikaDb *db = fika_test_database_open (folder);

      for (int i = 0; i < 12; i++)
        add_person (db, ++n);
      g_assert_finalize_object (db);
    }
  fika_fault_vfs_set_recorder (NULL);
}

static void
forget_life (void)
{
  g_hash_table_unref (current);
  g_array_unref (marks);
  g_array_unref (event_names);
  g_array_unref (events);
}

static void
apply (GByteArray *image, const DiskEvent *event, gsize from, gsize until)
{
  gsize size;
  const guint8 *data;
  gsize old = image->len;

  if (event->op == FIKA_DISK_TRUNCATE)
    {
      g_byte_array_set_size (image, (guint) event->offset);
      if (event->offset > (int64_t) old)
        memset (image->data + old, 0, (gsize) event->offset - old);
      return;
    }

  data = g_bytes_get_data (event->data, &size);
  until = MIN (until, size);
  if (from >= until)
    return;
  if ((gsize) event->offset + until > old)
    {
      g_byte_array_set_size (image, (guint) ((gsize) event->offset + until));
      /* A hole reads as zeros. */
      memset (image->data + old, 0, image->len - old);
    }
  memcpy (image->data + event->offset + from, data + from, until - from);
}

/* How much of what was not synced the disk has: nothing, all, or any part. */
typedef enum
{
  LOST_ALL,
  LOST_NONE,
  LOST_SOME,
  N_LOSSES
} Loss;

static gboolean
survives (Loss loss)
{
  return loss == LOST_NONE || (loss == LOST_SOME && g_test_rand_bit ());
}

static void
write_image (const char *folder, const char *name, const Inode *inode, Loss loss)
{
  g_autoptr (GByteArray) image = g_byte_array_new ();
  g_autofree char *path = g_build_filename (folder, "fika", name, NULL);
  g_autoptr (GError) error = NULL;

  g_byte_array_append (image, inode->synced->data, inode->synced->len);
  for (guint i = 0; i < inode->waiting->len; i++)
    {
      const DiskEvent *event
          = &g_array_index (events, DiskEvent, g_array_index (inode->waiting, guint, i));

      if (survives (loss))
        apply (image, event, 0, G_MAXSIZE);
      else if (loss == LOST_SOME && event->op == FIKA_DISK_WRITE && g_test_rand_bit ())
        {
          /* Torn, at a sector. */
          gsize sectors = g_bytes_get_size (event->data) / 512;
          gsize cut = sectors > 1 ? (gsize) g_test_rand_int_range (0, (int) sectors) * 512 : 0;

          if (g_test_rand_bit ())
            apply (image, event, 0, cut);
          else
            apply (image, event, cut, G_MAXSIZE);
        }
    }
  g_file_set_contents_full (path, (const char *) image->data, image->len, G_FILE_SET_CONTENTS_NONE,
                            0600, &error);
  g_assert_no_error (error);
}

/* The disk as a moment leaves it. */
typedef struct
{
  Inode *inodes;     /* by number */
  GHashTable *names; /* synced: name -> inode */
  GArray *waiting;   /* DirChange: creations and deletions not synced */
  guint at;          /* events that have happened */
} Disk;

static Disk *
disk_new (void)
{
  Disk *self = g_new0 (Disk, 1);

  self->inodes = g_new0 (Inode, n_inodes + 1);
  for (guint i = 0; i <= n_inodes; i++)
    {
      self->inodes[i].synced = g_byte_array_new ();
      self->inodes[i].waiting = g_array_new (FALSE, FALSE, sizeof (guint));
    }
  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (DirChange));
  return self;
}

static void
disk_free (Disk *self)
{
  for (guint i = 0; i <= n_inodes; i++)
    {
      g_byte_array_unref (self->inodes[i].synced);
      g_array_unref (self->inodes[i].waiting);
    }
  g_free (self->inodes);
  g_hash_table_unref (self->names);
  g_array_unref (self->waiting);
  g_free (self);
}

static void
rename_to (GHashTable *names, const DirChange *change)
{
  if (change->inode == 0)
    g_hash_table_remove (names, change->name);
  else
    g_hash_table_insert (names, (char *) change->name, GUINT_TO_POINTER (change->inode));
}

static void
disk_advance (Disk *self, guint until)
{
  for (; self->at < until; self->at++)
    {
      const DiskEvent *event = &g_array_index (events, DiskEvent, self->at);
      Inode *inode = &self->inodes[event->inode];

      switch (event->op)
        {
        case FIKA_DISK_WRITE:
        case FIKA_DISK_TRUNCATE:
          g_array_append_val (inode->waiting, self->at);
          break;
        case FIKA_DISK_SYNC:
          for (guint i = 0; i < inode->waiting->len; i++)
            apply (inode->synced,
                   &g_array_index (events, DiskEvent, g_array_index (inode->waiting, guint, i)), 0,
                   G_MAXSIZE);
          g_array_set_size (inode->waiting, 0);
          break;
        case FIKA_DISK_CREATE:
        case FIKA_DISK_DELETE:
          g_array_append_val (self->waiting, g_array_index (event_names, DirChange, self->at));
          break;
        case FIKA_DISK_SYNC_FOLDER:
          for (guint i = 0; i < self->waiting->len; i++)
            rename_to (self->names, &g_array_index (self->waiting, DirChange, i));
          g_array_set_size (self->waiting, 0);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static void
check_state (const Disk *disk, Loss loss)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *inner = g_build_filename (folder, "fika", NULL);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer name;
  gpointer inode;
  int64_t acknowledged = 0;
  int64_t begun = 0;
  int64_t newest;
  FikaDb *db;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_hash_table_iter_init (&iter, disk->names);
  while (g_hash_table_iter_next (&iter, &name, &inode))
    g_hash_table_insert (names, name, inode);
  for (guint i = 0; i < disk->waiting->len; i++)
    if (survives (loss))
      rename_to (names, &g_array_index (disk->waiting, DirChange, i));
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &inode))
    write_image (folder, name, &disk->inodes[GPOINTER_TO_UINT (inode)], loss);

  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *m = &g_array_index (marks, Mark, i);

      if (m->event > disk->at)
        break;
      if (m->acknowledged)
        acknowledged = m->person;
      else
        begun = m->person;
    }

  db = fika_test_database_open (folder);
  g_assert_false (fika_db_is_read_only (db));
  if (!fika_db_check (db, &error))
    g_error ("after %u events: %s", disk->at, error->message);
  newest = fika_test_query_int (db, "SELECT coalesce (max (id), 0) FROM person");
  if (newest < acknowledged || newest > begun)
    g_error ("after %u events: %" G_GINT64_FORMAT " people, %" G_GINT64_FORMAT " acknowledged",
             disk->at, (gint64) newest, (gint64) acknowledged);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, newest);
  g_assert_cmpint (
      fika_test_query_int (db, "SELECT count(*) FROM person AS p WHERE (SELECT count(*) FROM tie "
                               "WHERE person = p.id) <> 2"),
      ==, 0);
  g_assert_finalize_object (db);
}

static void
test_power_cuts (void)
{
  int per_thousand = g_test_slow () ? 20000 : 450;
  int states = 0;
  Disk *disk;

  record_life ();
  g_assert_cmpuint (events->len, >, 300);

  disk = disk_new ();
  for (guint at = 0; at <= events->len; at++)
    {
      disk_advance (disk, at);
      for (int i = per_thousand; i > 0; i -= 1000)
        if (g_test_rand_int_range (0, 1000) < i)
          {
            check_state (disk, (Loss) g_test_rand_int_range (0, N_LOSSES));
            states++;
          }
    }
  g_test_message ("%u events, %d states", events->len, states);

  disk_free (disk);
  forget_life ();
}

/* Row 2: while the file becomes one with a log, a journal comes and goes. Were the power to bring
 * it back, it would undo all that was written since: so nothing more is written before the folder
 * knows that it went. That is what EXTRA is for, and that it is set first. */
static void
test_journal_stays_gone (void)
{
  guint n_deleted = 0;

  record_life ();
  for (guint i = 0; i < events->len; i++)
    {
      const DiskEvent *event = &g_array_index (events, DiskEvent, i);

      if (event->op != FIKA_DISK_DELETE
          || !g_str_has_suffix (g_array_index (event_names, DirChange, i).name, "-journal"))
        continue;
      n_deleted++;
      g_assert_cmpuint (i + 1, <, events->len);
      g_assert_cmpint ((event + 1)->op, ==, FIKA_DISK_SYNC_FOLDER);
    }
  g_assert_cmpuint (n_deleted, >, 0);
  forget_life ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fika_fault_vfs_register ();

  g_test_add_func ("/power/001-002-cuts", test_power_cuts);
  g_test_add_func ("/power/002-journal-stays-gone", test_journal_stays_gone);

  return g_test_run ();
}
