#include "config.h"

#include "db/fika-backup.h"
#include "db/fika-db.h"
#include "db/fika-lock.h"
#include "db/fika-log.h"

#include "base/fika-error.h"
#include "fika-test.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A process that writes is killed at random moments, thousands of times on the same data. What it
 * had acknowledged, in memory that it shares with the test, must be there; what it had not must be
 * whole or absent.
 */

typedef struct
{
  volatile int64_t begun;        /* the newest person that was tried */
  volatile int64_t acknowledged; /* the newest one that was told to be on disk */
} Shared;

static Shared *
share (void)
{
  Shared *shared
      = mmap (NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  g_assert_true (shared != MAP_FAILED);
  return shared;
}

static void
fail_child (const char *what, const GError *error)
{
  g_printerr ("child: %s: %s\n", what, error != NULL ? error->message : "?");
  _exit (1);
}

/* Person @n has two ties and a note, or is not there. */
static void
add_person (FikaDb *db, int64_t n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO person (id, uid, name, folded, created) VALUES (%" G_GINT64_FORMAT
      ", hex (randomblob (16)), 'A', 'a', 0);"
      "INSERT INTO tie (person, tie) VALUES (%" G_GINT64_FORMAT ", 'friend');"
      "INSERT INTO tie (person, tie) VALUES (%" G_GINT64_FORMAT ", 'mentor');"
      "UPDATE person SET notes = 'x' WHERE id = %" G_GINT64_FORMAT ";",
      n, n, n, n);

  if (!fika_log_begin (db, "Add", "window", 1, &error) || !fika_db_exec (db, sql, &error)
      || !fika_log_commit (db, &error))
    fail_child ("add", error);
}

static void
undo_and_redo (FikaDb *db)
{
  g_autoptr (GError) error = NULL;

  if (!fika_log_begin_undo (db, "window", 1, NULL, &error) || !fika_log_commit (db, &error)
      || !fika_log_begin_redo (db, "window", 1, NULL, &error) || !fika_log_commit (db, &error))
    fail_child ("undo", error);
}

/* Never returns: opens, and writes until it is killed.
 * Where it @copies, it copies all now and then. */
static void
write_until_killed (const char *folder, Shared *shared, gboolean copies)
{
  g_autofree char *path = fika_test_database_path (folder);
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      FikaDb *db = fika_db_open (path, &error);
      int64_t newest;

      if (db == NULL)
        fail_child ("open", error);
      for (int i = 0; i < 20; i++)
        {
          newest = fika_test_query_int (db, "SELECT coalesce (max (id), 0) FROM person");
          shared->begun = newest + 1;
          add_person (db, newest + 1);
          shared->acknowledged = newest + 1;
          if (copies && i % 4 == 0)
            {
              FikaBackupInfo *info = fika_backup_write (db, copy, &error);

              if (info == NULL)
                fail_child ("copy", error);
              fika_backup_info_free (info);
            }
        }
      g_object_unref (db);
    }
}

static void
kill_and_wait (pid_t child)
{
  int status;

  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

static void
check_whole (FikaDb *db)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_db_check (db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (
      fika_test_query_int (db, "SELECT count(*) FROM person WHERE notes <> 'x' OR (SELECT count(*) "
                               "FROM tie WHERE person = person.id) <> 2"),
      ==, 0);
  g_assert_cmpint (fika_test_query_int (db, "SELECT action FROM log_state"), ==, 0);
}

/* Forgets most of what was added, so that checking all does not take ever longer. */
static void
thin_out (FikaDb *db)
{
  g_autoptr (GError) error = NULL;

  if (fika_test_query_int (db, "SELECT count(*) FROM person") < 300)
    return;
  g_assert_true (fika_log_begin (db, "Thin out", "window", 1, &error));
  g_assert_true (fika_db_exec (
      db, "DELETE FROM person WHERE id < (SELECT max (id) - 20 FROM person)", &error));
  g_assert_true (fika_log_commit (db, &error));
  g_assert_true (fika_log_prune (db, 20, 0, &error));
  g_assert_no_error (error);
}

/* Reliability, row 4. */
static void
run_kills (int kills, gboolean copies)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  Shared *shared = share ();
  int n_copies = 0;

  for (int i = 0; i < kills; i++)
    {
      int64_t before = shared->acknowledged;
      FikaDb *db;
      pid_t child = fork ();
      int64_t newest;

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        write_until_killed (folder, shared, copies);
      /* Every other one is killed while it opens, migrates or recovers; the rest as they write. */
      if (i % 2 == 1)
        while (shared->acknowledged == before)
          {
            g_assert_cmpint (waitpid (child, NULL, WNOHANG), ==, 0);
            g_usleep (50);
          }
      /* And some only once a copy has its name, however slow the machine is. */
      if (copies && i % 4 == 3)
        while (!g_file_test (copy, G_FILE_TEST_EXISTS))
          {
            g_assert_cmpint (waitpid (child, NULL, WNOHANG), ==, 0);
            g_usleep (50);
          }
      g_usleep ((gulong) g_test_rand_int_range (0, copies ? 60000 : 4000));
      kill_and_wait (child);

      db = fika_test_database_open (folder);
      newest = fika_test_query_int (db, "SELECT coalesce (max (id), 0) FROM person");
      g_assert_cmpint (newest, >=, shared->acknowledged);
      g_assert_cmpint (newest, <=, shared->begun);
      check_whole (db);
      thin_out (db);
      g_assert_finalize_object (db);

      /* Row 17: a copy that has its name can be opened, and is whole. */
      if (copies && g_file_test (copy, G_FILE_TEST_EXISTS))
        {
          g_autoptr (GError) error = NULL;

          db = fika_db_open (copy, &error);
          g_assert_no_error (error);
          check_whole (db);
          g_assert_finalize_object (db);
          g_assert_cmpint (g_unlink (copy), ==, 0);
          n_copies++;
        }
    }
  if (copies)
    g_assert_cmpint (n_copies, >, kills / 10);
  g_test_message ("%d kills, %" G_GINT64_FORMAT " acknowledged, %d copies", kills,
                  (gint64) shared->acknowledged, n_copies);
  munmap (shared, sizeof *shared);
}

static void
test_kills (void)
{
  run_kills (g_test_slow () ? 5000 : 200, FALSE);
}

static void
test_kills_copying (void)
{
  run_kills (g_test_slow () ? 1000 : 60, TRUE);
}

/* Killed within undo and redo: the log and the data still agree, and all can be undone. */
static void
test_kills_undoing (void)
{
  int kills = g_test_slow () ? 1000 : 60;
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  FikaDb *db = fika_test_database_open (folder);

  for (int64_t n = 1; n <= 10; n++)
    add_person (db, n);
  g_assert_finalize_object (db);

  for (int i = 0; i < kills; i++)
    {
      pid_t child = fork ();
      int64_t people;

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          db = fika_test_database_open (folder);
          for (;;)
            undo_and_redo (db);
        }
      g_usleep ((gulong) g_test_rand_int_range (500, 8000));
      kill_and_wait (child);

      db = fika_test_database_open (folder);
      check_whole (db);
      people = fika_test_query_int (db, "SELECT count(*) FROM person");
      g_assert_cmpint (people, ==,
                       fika_test_query_int (db, "SELECT count(*) FROM action "
                                                "WHERE kind = 'do' AND state = 'done'"));
      g_assert_cmpint (people, >=, 9);
      if (people == 9)
        {
          g_assert_true (fika_log_begin_redo (db, "window", 1, NULL, NULL));
          g_assert_true (fika_log_commit (db, NULL));
        }
      g_assert_finalize_object (db);
    }

  db = fika_test_database_open (folder);
  for (int n = 10; n > 0; n--)
    {
      g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, n);
      g_assert_true (fika_log_begin_undo (db, "window", 1, NULL, NULL));
      g_assert_true (fika_log_commit (db, NULL));
    }
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 0);
  g_assert_finalize_object (db);
}

/* Reliability, row 3: several processes write, checkpoint, open and close as fast as they can. Each
 * adds to one number within its transactions; none of it may be lost. */
static void
test_writers (void)
{
  enum
  {
    N_WRITERS = 3
  };
  int rounds = g_test_slow () ? 3000 : 150;
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  FikaDb *db = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;
  pid_t children[N_WRITERS];

  add_person (db, 1);
  g_assert_true (fika_log_begin (db, "Count", "window", 1, &error));
  g_assert_true (fika_db_exec (db, "UPDATE person SET ideal = 0", &error));
  g_assert_true (fika_log_commit (db, &error));
  g_assert_finalize_object (db);

  for (int i = 0; i < N_WRITERS; i++)
    {
      children[i] = fork ();
      g_assert_cmpint (children[i], >=, 0);
      if (children[i] != 0)
        continue;
      fika_lock_set_patience (60000);
      db = NULL;
      for (int n = 0; n < rounds; n++)
        {
          if (db == NULL)
            db = fika_test_database_open (folder);
          if (!fika_log_begin (db, "Count", "window", 1, &error)
              || !fika_db_exec (db,
                                "UPDATE person SET ideal = ideal + 1,"
                                " notes = hex (randomblob (20000))",
                                &error)
              || !fika_log_commit (db, &error))
            fail_child ("count", error);
          if (n % 7 == i)
            g_clear_object (&db);
        }
      g_clear_object (&db);
      _exit (0);
    }
  for (int i = 0; i < N_WRITERS; i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    }

  db = fika_test_database_open (folder);
  g_assert_true (fika_db_check (db, &error));
  g_assert_cmpint (fika_test_query_int (db, "SELECT ideal FROM person"), ==, N_WRITERS * rounds);
  g_assert_finalize_object (db);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kill/004-writing", test_kills);
  g_test_add_func ("/kill/017-copying", test_kills_copying);
  g_test_add_func ("/kill/004-undoing", test_kills_undoing);
  g_test_add_func ("/kill/003-several-writers", test_writers);

  return g_test_run ();
}
