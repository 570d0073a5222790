// Runs a command and counts, in it and in all that it starts, the system calls
// that change something. At the n-th, all is killed before the call happens, or
// the call fails with an error. Usage:
//   fault COUNT-FILE kill N COMMAND...
//   fault COUNT-FILE fail ERRNO N COMMAND...   every such call from the N-th on where N is negative: from the -N-th on
//   fault COUNT-FILE count COMMAND...
// Writes how many there were to COUNT-FILE. Exits like the command; 137 after a kill.
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_TASKS = 4096 };
static pid_t tasks[MAX_TASKS];
static int task_count;

static void add_task(pid_t pid) {
  for (int i = 0; i < task_count; i++)
    if (tasks[i] == pid) return;
  if (task_count == MAX_TASKS) exit(99);
  tasks[task_count++] = pid;
}

static void forget_task(pid_t pid) {
  for (int i = 0; i < task_count; i++)
    if (tasks[i] == pid) {
      tasks[i] = tasks[--task_count];
      return;
    }
}

// Writing to a pipe or a terminal changes no file.
static int is_file(pid_t pid, long fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/%d/fd/%ld", pid, fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return path[0] == '/' && strncmp(path, "/dev/", 5) != 0 && strncmp(path, "/proc/", 6) != 0;
}

// A device takes what is written to it even when the disk is full.
static int is_device(pid_t pid, unsigned long address) {
  char text[8] = "";
  struct iovec here = {text, 5}, there = {(void *)address, 5};
  return process_vm_readv(pid, &here, 1, &there, 1, 0) == 5 && strcmp(text, "/dev/") == 0;
}

static int opens_to_change(pid_t pid, unsigned long path, unsigned long flags) {
  return (flags & (O_CREAT | O_WRONLY | O_RDWR | O_TRUNC)) != 0 && !is_device(pid, path);
}

// Calls that change something whatever their arguments are.
static const int changing[] = {
#ifdef SYS_open
    SYS_creat, SYS_rename, SYS_link, SYS_symlink, SYS_unlink, SYS_mkdir, SYS_rmdir, SYS_mknod,
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
#ifdef SYS_renameat
    SYS_renameat,
#endif
    SYS_renameat2, SYS_linkat, SYS_symlinkat, SYS_unlinkat, SYS_mkdirat, SYS_fchmod, SYS_fchmodat,
    SYS_fchown, SYS_fchownat, SYS_utimensat, SYS_truncate, SYS_ftruncate, SYS_fsync, SYS_fdatasync,
    SYS_syncfs, SYS_mknodat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_fallocate,
};

// Calls of which some do.
static const int perhaps_changing[] = {
#ifdef SYS_open
    SYS_open,
#endif
    SYS_openat, SYS_write, SYS_pwrite64, SYS_writev, SYS_pwritev, SYS_copy_file_range, SYS_sendfile,
};

enum {
  CHANGING = sizeof changing / sizeof *changing,
  PERHAPS_CHANGING = sizeof perhaps_changing / sizeof *perhaps_changing,
  CALLS = CHANGING + PERHAPS_CHANGING,
};

static int changes_something(pid_t pid, const struct __ptrace_syscall_info *info) {
  const __typeof__(info->seccomp.args[0]) *args = info->seccomp.args;
  switch (info->seccomp.nr) {
#ifdef SYS_open
    case SYS_open: return opens_to_change(pid, args[0], args[1]);
#endif
    case SYS_openat: return opens_to_change(pid, args[1], args[2]);
    case SYS_write: case SYS_pwrite64: case SYS_writev: case SYS_pwritev: return is_file(pid, (long)args[0]);
    case SYS_copy_file_range: return is_file(pid, (long)args[2]);
    case SYS_sendfile: return is_file(pid, (long)args[0]);
    default: return 1;
  }
}

// Has this process, and all that it starts, stop at those calls and at no others: to stop at all takes many times longer.
static void stop_at_changes(void) {
  struct sock_filter lines[CALLS + 3];
  lines[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int i = 0; i < CALLS; i++) {
    int call = i < CHANGING ? changing[i] : perhaps_changing[i - CHANGING];
    lines[i + 1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, (unsigned char)(CALLS - i), 0);
  }
  lines[CALLS + 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  lines[CALLS + 2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
  struct sock_fprog program = {CALLS + 3, lines};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) _exit(98);
}

// Leaves out the call that a process stopped at: it returns an error.
static void spoil(pid_t pid, int error) {
#if defined(__x86_64__)
  struct user_regs_struct regs;
  if (ptrace(PTRACE_GETREGS, pid, 0, &regs) != 0) return;
  regs.orig_rax = (unsigned long long)-1;
  regs.rax = (unsigned long long)-error;
  ptrace(PTRACE_SETREGS, pid, 0, &regs);
#elif defined(__aarch64__)
  int none = -1;
  struct iovec call = {&none, sizeof none};
  ptrace(PTRACE_SETREGSET, pid, (void *)NT_ARM_SYSTEM_CALL, &call);
  struct user_regs_struct regs;
  struct iovec part = {&regs, sizeof regs};
  if (ptrace(PTRACE_GETREGSET, pid, (void *)NT_PRSTATUS, &part) != 0) return;
  regs.regs[0] = (unsigned long long)-error;
  ptrace(PTRACE_SETREGSET, pid, (void *)NT_PRSTATUS, &part);
#endif
}

int main(int argc, char **argv) {
  if (argc < 4) return 99;
  const char *count_file = argv[1];
  int is_kill = strcmp(argv[2], "kill") == 0, is_fail = strcmp(argv[2], "fail") == 0;
  int next = 3;
  int error = is_fail ? atoi(argv[next++]) : 0;
  long at = is_kill || is_fail ? atol(argv[next++]) : 0;
  int is_lasting = at < 0;
  if (is_lasting) at = -at;

  pid_t first = fork();
  if (first == 0) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    stop_at_changes();
    execvp(argv[next], argv + next);
    _exit(127);
  }
  int status, result = 0;
  long count = 0;
  waitpid(first, &status, 0);
  ptrace(PTRACE_SETOPTIONS, first, 0,
         PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
             PTRACE_O_EXITKILL);
  add_task(first);
  ptrace(PTRACE_CONT, first, 0, 0);

  for (;;) {
    pid_t pid = waitpid(-1, &status, __WALL);
    if (pid < 0) break;
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      forget_task(pid);
      if (pid == first) result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      continue;
    }
    if (!WIFSTOPPED(status)) continue;
    int signal = WSTOPSIG(status), event = status >> 16, deliver = 0;
    if (event == PTRACE_EVENT_SECCOMP) {
      struct __ptrace_syscall_info info;
      memset(&info, 0, sizeof info);
      if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) > 0 && changes_something(pid, &info)) {
        count++;
        if (is_kill && count == at) {
          for (int i = 0; i < task_count; i++) kill(tasks[i], SIGKILL);
          result = 137;
          break;
        }
        if (is_fail && (count == at || (is_lasting && count > at))) spoil(pid, error);
      }
    } else if (event == 0 && signal != SIGSTOP && signal != SIGTRAP) {
      deliver = signal;
    } else if (event == 0) {
      add_task(pid);
    }
    ptrace(PTRACE_CONT, pid, 0, deliver);
  }
  // All of them are gone before whoever waits for this looks at what they left.
  for (pid_t pid; (pid = waitpid(-1, &status, __WALL)) > 0;)
    // One that had just been started is not among the tasks yet.
    if (WIFSTOPPED(status)) kill(pid, SIGKILL);
  FILE *file = fopen(count_file, "w");
  if (file != NULL) {
    fprintf(file, "%ld\n", count);
    fclose(file);
  }
  return result;
}
