#include "config.h"

#include "exchange/parse/fika-confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

/* A 64 MiB file is read in about two seconds; the rest is for slow machines. */
#define CPU_SECONDS 60
/* The file, the file in UTF-8, a card, the libraries. */
#define MEMORY_BYTES (1024UL * 1024 * 1024)
#define OPEN_FILES 16

/* The sanitizers reserve terabytes of addresses and open files of their own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)                            \
    || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#elif defined(__i386__)
#define ARCH AUDIT_ARCH_I386
#elif defined(__arm__)
#define ARCH AUDIT_ARCH_ARM
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH AUDIT_ARCH_RISCV64
#endif

static gboolean
limit (int resource, rlim_t most)
{
  struct rlimit both = { most, most };

  return setrlimit (resource, &both) == 0;
}

#ifdef ARCH

/* What a program needs that has its files open: to read, write, allocate, wait, and end. Every
 * other call of the system answers "not permitted", among them socket, connect, execve, fork,
 * ptrace, kill of others and everything that names a file. */
static const int allowed[] = {
  __NR_read,
  __NR_readv,
  __NR_write,
  __NR_writev,
  __NR_close,
  __NR_fstat,
#ifdef __NR_newfstatat
  __NR_newfstatat,
#endif
#ifdef __NR_fstatat64
  __NR_fstatat64,
#endif
#ifdef __NR_fstat64
  __NR_fstat64,
#endif
#ifdef __NR_statx
  __NR_statx,
#endif
  __NR_lseek,
#ifdef __NR__llseek
  __NR__llseek,
#endif
  __NR_pread64,
  __NR_fcntl,
#ifdef __NR_fcntl64
  __NR_fcntl64,
#endif
  __NR_brk,
#ifdef __NR_mmap
  __NR_mmap,
#endif
#ifdef __NR_mmap2
  __NR_mmap2,
#endif
  __NR_munmap,
  __NR_mremap,
  __NR_mprotect,
  __NR_madvise,
  __NR_futex,
#ifdef __NR_futex_time64
  __NR_futex_time64,
#endif
  __NR_sched_yield,
#ifdef __NR_poll
  __NR_poll,
#endif
  __NR_ppoll,
  __NR_clock_gettime,
#ifdef __NR_clock_gettime64
  __NR_clock_gettime64,
#endif
#ifdef __NR_gettimeofday
  __NR_gettimeofday,
#endif
#ifdef __NR_time
  __NR_time,
#endif
  __NR_getrandom,
  __NR_getpid,
  __NR_gettid,
  __NR_tgkill,
  __NR_rt_sigaction,
  __NR_rt_sigprocmask,
  __NR_rt_sigreturn,
  __NR_restart_syscall,
  __NR_exit,
  __NR_exit_group,
  /* For the second stage, which is another filter on top of this one. */
  __NR_prctl,
};

#define LOAD_NUMBER BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr))
#define LOAD_ARCH BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, arch))
/* The low half of an argument: the flags that are asked about fit in it. */
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define LOAD_ARGUMENT(i)                                                                           \
  BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, args[i]))
#else
#define LOAD_ARGUMENT(i)                                                                           \
  BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, args[i]) + 4)
#endif
#define RETURN(what) BPF_STMT (BPF_RET | BPF_K, what)
#define REFUSE RETURN (SECCOMP_RET_ERRNO | EPERM)
#define ALLOW RETURN (SECCOMP_RET_ALLOW)
/* Goes on where equal, else passes over the next @n statements. */
#define UNLESS_EQUAL_SKIP(value, n) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, value, 0, n)
#define IF_BITS_SKIP(bits, n) BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, bits, n, 0)

static void
append (GArray *filter, struct sock_filter statement)
{
  g_array_append_val (filter, statement);
}

/* A call that is allowed unless argument @i has one of @bits. */
static void
append_unless_bits (GArray *filter, int number, int i, guint32 bits)
{
  append (filter, (struct sock_filter) UNLESS_EQUAL_SKIP ((guint32) number, 4));
  append (filter, (struct sock_filter) LOAD_ARGUMENT (i));
  append (filter, (struct sock_filter) IF_BITS_SKIP (bits, 1));
  append (filter, (struct sock_filter) ALLOW);
  append (filter, (struct sock_filter) REFUSE);
}

static GArray *
filter_new (void)
{
  GArray *filter = g_array_new (FALSE, FALSE, sizeof (struct sock_filter));

  append (filter, (struct sock_filter) LOAD_ARCH);
  append (filter, (struct sock_filter) UNLESS_EQUAL_SKIP (ARCH, 1));
  append (filter, (struct sock_filter) BPF_STMT (BPF_JMP | BPF_JA, 1));
  append (filter, (struct sock_filter) RETURN (SECCOMP_RET_KILL_PROCESS));
  append (filter, (struct sock_filter) LOAD_NUMBER);

  return filter;
}

static GArray *
reading_filter (void)
{
  GArray *filter = filter_new ();
  guint32 writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;

#ifdef __NR_open
  append_unless_bits (filter, __NR_open, 1, writing);
#endif
  append_unless_bits (filter, __NR_openat, 2, writing);
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      append (filter, (struct sock_filter) UNLESS_EQUAL_SKIP ((guint32) allowed[i], 1));
      append (filter, (struct sock_filter) ALLOW);
    }
  append (filter, (struct sock_filter) REFUSE);

  return filter;
}

static GArray *
parsing_filter (void)
{
  GArray *filter = filter_new ();

#ifdef __NR_mmap
  append_unless_bits (filter, __NR_mmap, 2, PROT_EXEC);
#endif
#ifdef __NR_mmap2
  append_unless_bits (filter, __NR_mmap2, 2, PROT_EXEC);
#endif
  append_unless_bits (filter, __NR_mprotect, 2, PROT_EXEC);
#ifdef __NR_open
  append (filter, (struct sock_filter) UNLESS_EQUAL_SKIP (__NR_open, 1));
  append (filter, (struct sock_filter) REFUSE);
#endif
  append (filter, (struct sock_filter) UNLESS_EQUAL_SKIP (__NR_openat, 1));
  append (filter, (struct sock_filter) REFUSE);
  append (filter, (struct sock_filter) UNLESS_EQUAL_SKIP (__NR_prctl, 1));
  append (filter, (struct sock_filter) REFUSE);
  /* The filter below has the last word on the rest. */
  append (filter, (struct sock_filter) ALLOW);

  return filter;
}

static gboolean
install (GArray *filter)
{
  struct sock_fprog program = {
    .len = (unsigned short) filter->len,
    .filter = (struct sock_filter *) (void *) filter->data,
  };

  /* A kernel without the feature leaves the limits, which is better than no import at all. */
  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 || errno == EINVAL
         || errno == ENOSYS;
}

#endif

/**
 * fika_confine_filters:
 *
 * Returns: whether this build filters calls of the system; builds with a sanitizer do not
 */
gboolean
fika_confine_filters (void)
{
#ifdef ARCH
  return !SANITIZED;
#else
  return FALSE;
#endif
}

/**
 * fika_confine:
 * @stage: how far to go; each stage once, in order
 *
 * Gives up what this process does not need, for good. To be called while it has one thread.
 *
 * Returns: whether everything was given up; if not, go no further
 */
gboolean
fika_confine (FikaConfine stage)
{
  if (stage == FIKA_CONFINE_READING)
    {
      if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return FALSE;
      /* Where the system lets anybody do it: a network of its own, without a single device. */
      if (unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0)
        errno = 0;
      if (!limit (RLIMIT_CPU, CPU_SECONDS) || !limit (RLIMIT_FSIZE, 0) || !limit (RLIMIT_CORE, 0)
          || !limit (RLIMIT_NOFILE, OPEN_FILES))
        return FALSE;
      if (!SANITIZED && !limit (RLIMIT_AS, MEMORY_BYTES))
        return FALSE;
    }

#ifdef ARCH
  if (fika_confine_filters ())
    {
      g_autoptr (GArray) filter = NULL;

      filter = stage == FIKA_CONFINE_READING ? reading_filter () : parsing_filter ();
      return install (filter);
    }
#endif

  return TRUE;
}
