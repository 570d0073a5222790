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
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_TASKS = 4096 };
static pid_t tasks[MAX_TASKS];
static int failing[MAX_TASKS];
static int task_count;

static int find_task(pid_t pid) {
  for (int i = 0; i < task_count; i++)
    if (tasks[i] == pid) return i;
  if (task_count == MAX_TASKS) exit(99);
  tasks[task_count] = pid;
  failing[task_count] = 0;
  return task_count++;
}

static void forget_task(pid_t pid) {
  for (int i = 0; i < task_count; i++)
    if (tasks[i] == pid) {
      tasks[i] = tasks[--task_count];
      failing[i] = failing[task_count];
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

static int changes_something(pid_t pid, const struct __ptrace_syscall_info *info) {
  const __typeof__(info->entry.args[0]) *args = info->entry.args;
  switch (info->entry.nr) {
#ifdef SYS_open
    case SYS_open: return opens_to_change(pid, args[0], args[1]);
    case SYS_creat: case SYS_rename: case SYS_link: case SYS_symlink: case SYS_unlink: case SYS_mkdir: case SYS_rmdir:
    case SYS_chmod: case SYS_chown: case SYS_lchown: case SYS_utime: case SYS_utimes: case SYS_futimesat:
      return 1;
#endif
    case SYS_openat: return opens_to_change(pid, args[1], args[2]);
    case SYS_write: case SYS_pwrite64: case SYS_writev: case SYS_pwritev: return is_file(pid, (long)args[0]);
    case SYS_copy_file_range: return is_file(pid, (long)args[2]);
    case SYS_sendfile: return is_file(pid, (long)args[0]);
    case SYS_renameat: case SYS_renameat2: case SYS_linkat: case SYS_symlinkat: case SYS_unlinkat: case SYS_mkdirat:
    case SYS_fchmod: case SYS_fchmodat: case SYS_fchown: case SYS_fchownat: case SYS_utimensat: case SYS_truncate:
    case SYS_ftruncate: case SYS_fsync: case SYS_fdatasync: case SYS_syncfs: case SYS_mknodat: case SYS_setxattr:
    case SYS_lsetxattr: case SYS_fsetxattr: case SYS_fallocate:
      return 1;
    default: return 0;
  }
}

// Replaces the number of the call by none, or its result by an error.
static void spoil(pid_t pid, int is_entry, int error) {
#if defined(__x86_64__)
  struct user_regs_struct regs;
  if (ptrace(PTRACE_GETREGS, pid, 0, &regs) != 0) return;
  if (is_entry) regs.orig_rax = (unsigned long long)-1;
  else regs.rax = (unsigned long long)-error;
  ptrace(PTRACE_SETREGS, pid, 0, &regs);
#elif defined(__aarch64__)
  if (is_entry) {
    int none = -1;
    struct iovec part = {&none, sizeof none};
    ptrace(PTRACE_SETREGSET, pid, (void *)NT_ARM_SYSTEM_CALL, &part);
    return;
  }
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
    execvp(argv[next], argv + next);
    _exit(127);
  }
  int status, result = 0;
  long count = 0;
  waitpid(first, &status, 0);
  ptrace(PTRACE_SETOPTIONS, first, 0,
         PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
             PTRACE_O_EXITKILL);
  find_task(first);
  ptrace(PTRACE_SYSCALL, first, 0, 0);

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
    if (signal == (SIGTRAP | 0x80)) {
      struct __ptrace_syscall_info info;
      memset(&info, 0, sizeof info);
      if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info) > 0) {
        int task = find_task(pid);
        if (info.op == PTRACE_SYSCALL_INFO_ENTRY && changes_something(pid, &info)) {
          count++;
          if (is_kill && count == at) {
            for (int i = 0; i < task_count; i++) kill(tasks[i], SIGKILL);
            result = 137;
            break;
          }
          if (is_fail && (count == at || (is_lasting && count > at))) {
            failing[task] = 1;
            spoil(pid, 1, error);
          }
        } else if (info.op == PTRACE_SYSCALL_INFO_EXIT && failing[task]) {
          failing[task] = 0;
          spoil(pid, 0, error);
        }
      }
    } else if (event == 0 && signal != SIGSTOP && signal != SIGTRAP) {
      deliver = signal;
    } else if (event == 0) {
      find_task(pid);
    }
    ptrace(PTRACE_SYSCALL, pid, 0, deliver);
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
